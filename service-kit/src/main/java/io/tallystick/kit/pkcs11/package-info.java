/// A key in a PKCS#11 token (a hardware security module), through the JDK's SunPKCS11.
///
/// Invariants: the key is used where it lies and can't be read out; the PIN comes from a file, is
/// read for a login only and stands in no message; a PIN that was refused is not tried again until
/// the file has another one, because tokens lock themselves; a token that does not answer holds up
/// nobody for longer than the time limit. On the JVM only: a native executable has no such
/// provider. May be called by `sealing`.
@NullMarked
package io.tallystick.kit.pkcs11;

import org.jspecify.annotations.NullMarked;
