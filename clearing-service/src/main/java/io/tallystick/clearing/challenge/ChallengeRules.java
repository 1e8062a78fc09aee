package io.tallystick.clearing.challenge;

import io.tallystick.clearing.ledger.Hold;
import io.tallystick.clearing.payment.MoneyMoves;
import io.tallystick.clearing.payment.Payment;
import io.tallystick.clearing.payment.Work;
import io.tallystick.protocol.state.OfflinePaymentState.Frozen;
import io.tallystick.protocol.state.PaymentState.AwaitingPayer;
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
    boolean passed = end.outcome() == ChallengeEnd.Outcome.PASSED;
    if (passed) {
      MoneyMoves.captureHeld(work, payment.terms(), holds);
    } else {
      MoneyMoves.release(work, payment.terms(), holds);
    }
    work.move(moved(work, payment, passed), List.of(end.reason()));
  }

  private static Payment moved(Work work, Payment payment, boolean passed) {
    if (payment.isTap()) {
      var challenged = ((Frozen) payment.tapState()).challenge();
      return payment.next(passed ? challenged.clear() : challenged.giveBack(), work.now());
    }
    var awaiting = (AwaitingPayer) payment.codeState();
    return payment.next(passed ? awaiting.pay() : awaiting.close(), work.now());
  }
}
