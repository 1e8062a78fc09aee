package io.tallystick.verify.device;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.DeviceId;
import java.time.Instant;
import java.util.Optional;

/// A device as seed-service knows it.
///
/// @param revokedAt absent while it may pay
public record KnownDevice(DeviceId id, String payerId, Optional<Instant> revokedAt) {
  public KnownDevice {
    requireNonNull(id, "id is null");
    requireNonNull(payerId, "payerId is null");
    requireNonNull(revokedAt, "revokedAt is null");
  }
}
