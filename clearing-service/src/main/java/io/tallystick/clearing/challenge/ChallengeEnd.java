package io.tallystick.clearing.challenge;

import static java.util.Objects.requireNonNull;

import io.tallystick.clearing.payment.Reason;
import java.time.Instant;

/// How a payer's challenge about a payment ended.
///
/// @param method `sms` or `face`; empty when it was not answered
public record ChallengeEnd(
    String payerId,
    String paymentId,
    String challengeId,
    Outcome outcome,
    String method,
    Instant endedAt) {
  public ChallengeEnd {
    requireNonNull(payerId, "payerId is null");
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(challengeId, "challengeId is null");
    requireNonNull(outcome, "outcome is null");
    requireNonNull(method, "method is null");
    requireNonNull(endedAt, "endedAt is null");
  }

  /// How it ended.
  public enum Outcome {
    PASSED("passed", "the payer passed the challenge"),
    FAILED("failed", "the payer failed the challenge"),
    EXPIRED("expired", "the payer did not answer in time");

    private final String text;
    private final String explanation;

    Outcome(String text, String explanation) {
      this.text = text;
      this.explanation = explanation;
    }

    /// As it is stored.
    public String text() {
      return text;
    }

    public static Outcome parse(String text) {
      for (Outcome outcome : values()) {
        if (outcome.text.equals(text)) {
          return outcome;
        }
      }
      throw new IllegalArgumentException("challenge outcome is unknown: " + text);
    }
  }

  Reason reason() {
    String by = method.isEmpty() ? "" : " (" + method + ")";
    return Reason.of("challenge_" + outcome.text, outcome.explanation + by);
  }
}
