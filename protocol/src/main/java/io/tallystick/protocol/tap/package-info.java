/**
 * The tap: an exchange of APDUs between wallet and terminal, the token the wallet signs, the
 * receipt the terminal signs, and the half of each that is uploaded later.
 *
 * <p>Invariants: a token is identified by its serial, and its digest covers what the device signed
 * and not the signature, so that signing the same tap twice is not a second tap; each format has
 * exactly one encoding; {@link io.tallystick.protocol.tap.TapCard} and {@link
 * io.tallystick.protocol.tap.TapReader} are state machines over bytes without I/O and without a
 * clock, and whoever drives them stores before they answer.
 *
 * <p>Called by both SDKs, verify-service, risk-service and clearing-service.
 */
@NullMarked
package io.tallystick.protocol.tap;

import org.jspecify.annotations.NullMarked;
