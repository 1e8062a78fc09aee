/**
 * The issuer certificate and the device authorisation: fields 3 to 14 of the transport QR
 * standard's credential, so that one credential can serve the ride code and the tap.
 *
 * <p>Invariants: every signature in the chain root → issuer certificate → authorisation is checked,
 * whatever a cache remembers was checked before; what differs between networks is one record,
 * {@link io.tallystick.protocol.authorisation.NetworkProfile}, and it comes from configuration,
 * never from the bytes.
 *
 * <p>Signed by seed-service; verified by every other service and both SDKs.
 */
@NullMarked
package io.tallystick.protocol.authorisation;

import org.jspecify.annotations.NullMarked;
