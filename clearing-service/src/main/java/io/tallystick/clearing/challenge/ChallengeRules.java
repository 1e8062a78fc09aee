package io.tallystick.clearing.challenge;

import io.tallystick.clearing.ledger.Hold;
import io.tallystick.clearing.payment.Payment;
import io.tallystick.clearing.payment.WaitRules;
import io.tallystick.clearing.payment.Work;
import java.util.List;

/// Ends the wait of a payment for its payer.
public final class ChallengeRules {
  private ChallengeRules() {}

  /// Passed: what was held is paid. Failed or expired: it goes back. A payment that doesn't wait is
  /// left as it is.
  ///
  /// @param holds the payment's pending holds
  public static void end(Work work, Payment payment, List<Hold> holds, ChallengeEnd end) {
    if (!payment.awaitsChallenge()) {
      return;
    }
    if (end.outcome() == ChallengeEnd.Outcome.PASSED) {
      WaitRules.pay(work, payment, holds, end.reason());
    } else {
      WaitRules.giveBack(work, payment, holds, end.reason());
    }
  }
}
