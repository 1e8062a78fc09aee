/// The sandbox's SMS centre: a real SMPP 3.4 server that notify-service binds to, and the screens
/// of the phones it delivers to, readable over HTTP by number.
///
/// Keeps at most a fixed number of messages a phone, in memory; for a sandbox only, since anyone on
/// this machine can read every phone.
@NullMarked
package io.tallystick.sandbox.smsc;

import org.jspecify.annotations.NullMarked;
