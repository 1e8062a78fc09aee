package io.tallystick.clearing.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.Money;
import java.time.Instant;

/// A second token with the serial of a tap: evidence, kept beside the payment.
///
/// @param secondTokenDigest SM3 of the second token, in hexadecimal
public record Conflict(
    String payerId,
    String paymentId,
    String evidenceId,
    String secondTokenDigest,
    String secondMerchantId,
    String secondTerminalId,
    Money secondAmount,
    Instant detectedAt) {
  public Conflict {
    requireNonNull(payerId, "payerId is null");
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(evidenceId, "evidenceId is null");
    requireNonNull(secondTokenDigest, "secondTokenDigest is null");
    requireNonNull(secondMerchantId, "secondMerchantId is null");
    requireNonNull(secondTerminalId, "secondTerminalId is null");
    requireNonNull(secondAmount, "secondAmount is null");
    requireNonNull(detectedAt, "detectedAt is null");
  }
}
