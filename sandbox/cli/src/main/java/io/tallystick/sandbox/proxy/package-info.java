/// A TCP proxy between any two parts, which loses what it is told to lose. It knows nothing of TLS
/// or of what goes through it.
@NullMarked
package io.tallystick.sandbox.proxy;

import org.jspecify.annotations.NullMarked;
