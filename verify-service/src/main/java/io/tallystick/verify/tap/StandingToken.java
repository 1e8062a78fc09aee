package io.tallystick.verify.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Digest;

/// The token that stands for a serial.
///
/// @param bodyDigest tells whether another token is the same tap
/// @param tokenDigest as events and receipts name it
/// @param encoded the token's bytes
/// @param missingCounters before it when it came
public record StandingToken(
    String serial,
    Digest bodyDigest,
    Digest tokenDigest,
    byte[] encoded,
    String payerId,
    long missingCounters) {
  public StandingToken {
    requireNonNull(serial, "serial is null");
    requireNonNull(bodyDigest, "bodyDigest is null");
    requireNonNull(tokenDigest, "tokenDigest is null");
    encoded = encoded.clone();
    requireNonNull(payerId, "payerId is null");
  }

  @Override
  public byte[] encoded() {
    return encoded.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StandingToken that
        && serial.equals(that.serial)
        && bodyDigest.equals(that.bodyDigest);
  }

  @Override
  public int hashCode() {
    return serial.hashCode();
  }

  @Override
  public String toString() {
    return "StandingToken[" + serial + "]";
  }
}
