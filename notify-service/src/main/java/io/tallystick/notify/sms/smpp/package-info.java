/// The connection to the SMS centre: SMPP 3.4, one transceiver per replica.
///
/// Invariants: a lost connection is re-made with growing pauses; no more requests are in flight
/// than the window allows; texts and numbers are never logged. Called by the SMS dispatcher only.
@NullMarked
package io.tallystick.notify.sms.smpp;

import org.jspecify.annotations.NullMarked;
