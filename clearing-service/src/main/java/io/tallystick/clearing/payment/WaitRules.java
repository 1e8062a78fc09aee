package io.tallystick.clearing.payment;

import io.tallystick.clearing.ledger.Hold;
import io.tallystick.protocol.state.OfflinePaymentState.Frozen;
import io.tallystick.protocol.state.PaymentState.AwaitingPayer;
import java.util.List;

/// Ends the wait of a payment whose money is held: by the payer's challenge, or by a review.
public final class WaitRules {
  private WaitRules() {}

  /// What was held is paid.
  ///
  /// @param waiting a payment that [Payment#awaitsChallenge]
  /// @param holds its pending holds
  /// @return the payment, moved on
  public static Payment pay(Work work, Payment waiting, List<Hold> holds, Reason reason) {
    MoneyMoves.captureHeld(work, waiting.terms(), holds);
    Payment next =
        waiting.isTap()
            ? waiting.next(((Frozen) waiting.tapState()).challenge().clear(), work.now())
            : waiting.next(((AwaitingPayer) waiting.codeState()).pay(), work.now());
    return work.move(next, List.of(reason));
  }

  /// What was held is the payer's again.
  ///
  /// @param waiting a payment that [Payment#awaitsChallenge]
  /// @param holds its pending holds
  /// @return the payment, moved on
  public static Payment giveBack(Work work, Payment waiting, List<Hold> holds, Reason reason) {
    MoneyMoves.release(work, waiting.terms(), holds);
    Payment next =
        waiting.isTap()
            ? waiting.next(((Frozen) waiting.tapState()).challenge().giveBack(), work.now())
            : waiting.next(((AwaitingPayer) waiting.codeState()).close(), work.now());
    return work.move(next, List.of(reason));
  }
}
