package io.tallystick.verify.tap;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/// A proven double spending.
///
/// @param proof the bundle, verifiable with the root key alone
public record Evidence(
    UUID id, String serial, String deviceId, String payerId, Instant detectedAt, byte[] proof) {
  public Evidence {
    requireNonNull(id, "id is null");
    requireNonNull(serial, "serial is null");
    requireNonNull(deviceId, "deviceId is null");
    requireNonNull(payerId, "payerId is null");
    requireNonNull(detectedAt, "detectedAt is null");
    proof = proof.clone();
  }

  @Override
  public byte[] proof() {
    return proof.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Evidence that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "Evidence[" + id + " of " + serial + "]";
  }
}
