package io.tallystick.sdk.wallet;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.code.Seed;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.model.DeviceId;
import java.time.Instant;

/**
 * What seed-service gave this device: its identity and the right to pay offline.
 *
 * @param payerId subject of the payer's tokens
 * @param deviceName for the payer's own list of devices
 * @param deviceKey signs taps and requests; never leaves the wallet
 * @param authorisation names the device, its key, its limits and how long they hold
 * @param seed derives codes
 * @param alias finds the seed
 * @param seedExpiresAt the first moment at which its codes are no longer good
 * @param network prefixes of its codes
 */
public record Enrolment(
    String payerId,
    String deviceName,
    Sm2PrivateKey deviceKey,
    DeviceAuthorisation authorisation,
    Seed seed,
    Alias alias,
    Instant seedExpiresAt,
    CodeNetwork network) {
  public Enrolment {
    requireNonNull(payerId, "payerId is null");
    requireNonNull(deviceName, "deviceName is null");
    requireNonNull(deviceKey, "deviceKey is null");
    requireNonNull(authorisation, "authorisation is null");
    requireNonNull(seed, "seed is null");
    requireNonNull(alias, "alias is null");
    requireNonNull(seedExpiresAt, "seedExpiresAt is null");
    requireNonNull(network, "network is null");
    if (!authorisation.terms().deviceKey().equals(deviceKey.publicKey())) {
      throw new IllegalArgumentException("authorisation is for another device key");
    }
  }

  public DeviceId deviceId() {
    return authorisation.deviceId();
  }
}
