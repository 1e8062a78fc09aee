package io.tallystick.risk.decision;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/// Where a decision stands among those of its payer, newest first.
public record Position(Instant decidedAt, String paymentId) {
  private static final char SEPARATOR = ' ';

  public Position {
    requireNonNull(decidedAt, "decidedAt is null");
    requireNonNull(paymentId, "paymentId is null");
  }

  public static Position of(Decision decision) {
    return new Position(decision.decidedAt(), decision.paymentId());
  }

  /// @throws IllegalArgumentException when it is no text of [#text]
  public static Position parse(String text) {
    int end = text.indexOf(SEPARATOR);
    try {
      return new Position(
          Instant.parse(text.substring(0, Math.max(0, end))), text.substring(end + 1));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("position is malformed: " + text, e);
    }
  }

  public String text() {
    return decidedAt.toString() + SEPARATOR + paymentId;
  }
}
