package io.tallystick.risk.decision;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Some of a payer's decisions, newest first, and where to go on.
///
/// @param next empty on the last page
public record DecisionPage(List<Decision> decisions, Optional<Position> next) {
  /// Where a page ended.
  public record Position(Instant decidedAt, String paymentId) {
    public Position {
      requireNonNull(decidedAt, "decidedAt is null");
      requireNonNull(paymentId, "paymentId is null");
    }
  }

  public DecisionPage {
    requireNonNull(next, "next is null");
    decisions = List.copyOf(decisions);
  }

  /// @param found one more than `size` if there are more
  public static DecisionPage of(List<Decision> found, int size) {
    if (found.size() <= size) {
      return new DecisionPage(found, Optional.empty());
    }
    Decision last = found.get(size - 1);
    return new DecisionPage(
        found.subList(0, size), Optional.of(new Position(last.decidedAt(), last.paymentId())));
  }
}
