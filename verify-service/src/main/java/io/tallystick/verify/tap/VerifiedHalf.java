package io.tallystick.verify.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Digest;
import io.tallystick.protocol.crypto.Sm3;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.verify.terminal.Terminal;
import java.time.Instant;
import java.util.Optional;

/// A half that passed every guard that can be decided without the database.
///
/// @param bytes as uploaded
/// @param payerId whose device it is
/// @param place of the terminal, absent for one that moves
/// @param isLate uploaded after the grace period
/// @param revokedAt when its device was revoked, absent while it may pay
/// @param retiredAt when its terminal was retired, absent while it is in force
public record VerifiedHalf(
    TapHalf half,
    byte[] bytes,
    String payerId,
    Optional<Terminal.Place> place,
    boolean isLate,
    Optional<Instant> revokedAt,
    Optional<Instant> retiredAt) {
  public VerifiedHalf {
    requireNonNull(half, "half is null");
    bytes = bytes.clone();
    requireNonNull(payerId, "payerId is null");
    requireNonNull(place, "place is null");
    requireNonNull(revokedAt, "revokedAt is null");
    requireNonNull(retiredAt, "retiredAt is null");
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  public TapToken token() {
    return half.token();
  }

  public String serial() {
    return half.serial().toString();
  }

  public String paymentId() {
    return "tap_" + serial();
  }

  /// Two tokens of one serial are the same tap when their bodies are, however they were signed.
  public Digest bodyDigest() {
    return Sm3.hash(token().body().encode());
  }

  /// When the terminal says it took the token; absent without a receipt.
  public Optional<Instant> receivedByTerminalAt() {
    return half.receipt().map(receipt -> receipt.statement().time());
  }

  /// Whether the terminal witnessed the tap before a moment.
  public boolean isWitnessedBefore(Instant moment) {
    return receivedByTerminalAt().filter(time -> time.isBefore(moment)).isPresent();
  }

  /// Whether the terminal was out of force when the tap was made: by the wallet's time, because
  /// whoever holds a stolen terminal has its clock and its receipt key.
  public boolean isAfterRetirement() {
    return retiredAt.filter(moment -> !token().body().createdAt().isBefore(moment)).isPresent();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "VerifiedHalf[" + half.side() + " of " + serial() + "]";
  }
}
