package io.tallystick.seed.device;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.Seed;
import java.time.Instant;

/// What a wallet gets at enrolment and renewal. Holds the seed: it is for one answer and is not
/// kept.
///
/// @param device as it stands after
/// @param authorisation fields 3 to 14
/// @param expiresAt end of seed and authorisation
/// @param replayed whether this was done before and is told again
public record IssuedDevice(
    Device device,
    Seed seed,
    Alias alias,
    byte[] authorisation,
    Instant expiresAt,
    boolean replayed) {
  public IssuedDevice {
    requireNonNull(device, "device is null");
    requireNonNull(seed, "seed is null");
    requireNonNull(alias, "alias is null");
    requireNonNull(authorisation, "authorisation is null");
    requireNonNull(expiresAt, "expiresAt is null");
  }

  @Override
  public String toString() {
    return "IssuedDevice[" + device.id() + "]";
  }
}
