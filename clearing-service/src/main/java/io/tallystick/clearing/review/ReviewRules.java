package io.tallystick.clearing.review;

import io.tallystick.clearing.ledger.Hold;
import io.tallystick.clearing.payment.Payment;
import io.tallystick.clearing.payment.Reason;
import io.tallystick.clearing.payment.WaitRules;
import io.tallystick.clearing.payment.Work;
import java.util.List;
import java.util.Optional;

/// When reviews move a payment, and how.
public final class ReviewRules {
  private static final int FOUR_EYES = 2;

  private ReviewRules() {}

  /// How many officers must decide alike.
  public static int officersNeeded(long amountMinor, long fourEyesAboveMinor) {
    return amountMinor > fourEyesAboveMinor ? FOUR_EYES : 1;
  }

  /// The decision that enough officers share; empty while there is none.
  ///
  /// @param reviews of one payment, of different officers
  public static Optional<Decision> outcome(List<Review> reviews, int officersNeeded) {
    for (Decision decision : Decision.values()) {
      if (reviews.stream().filter(review -> review.decision() == decision).count()
          >= officersNeeded) {
        return Optional.of(decision);
      }
    }
    return Optional.empty();
  }

  /// Does what was decided about a payment that waits.
  ///
  /// @param holds its pending holds
  /// @return the payment, moved on
  public static Payment carryOut(
      Work work, Payment waiting, List<Hold> holds, Decision decision, int officers) {
    String by = officers == 1 ? " by a risk officer" : " by " + officers + " risk officers";
    Reason reason = Reason.of(decision.rule(), decision.explanation() + by);
    return switch (decision) {
      case RELEASE -> WaitRules.pay(work, waiting, holds, reason);
      case RETURN -> WaitRules.giveBack(work, waiting, holds, reason);
    };
  }
}
