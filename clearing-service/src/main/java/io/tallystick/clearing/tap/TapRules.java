package io.tallystick.clearing.tap;

import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.payment.MoneyMoves;
import io.tallystick.clearing.payment.MoneyMoves.Funding;
import io.tallystick.clearing.payment.Payment;
import io.tallystick.clearing.payment.PaymentTerms;
import io.tallystick.clearing.payment.Reason;
import io.tallystick.clearing.payment.Work;
import io.tallystick.protocol.state.OfflinePaymentState;
import io.tallystick.protocol.state.OfflinePaymentState.Received;
import io.tallystick.protocol.state.OfflinePaymentState.Scored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How a tap's payment begins and is decided.
final class TapRules {
  private TapRules() {}

  /// Makes the payment, unless it is there already. Whoever comes first, half or decision, does
  /// this.
  static Payment receive(Work work, PaymentTerms terms, Instant tappedAt) {
    Payment before = work.find(terms.paymentId());
    if (before != null) {
      return before;
    }
    return work.open(Payment.begin(terms, tappedAt, work.now()), "", List.of());
  }

  /// Applies a decision to a payment that has none yet. Guards in this order: refused by risk, no
  /// account, no account in the currency, too little money; then it is cleared, or frozen. Money is
  /// taken from the device's allowance first, the rest from the balance.
  static Payment decide(Work work, TapDecision decision) {
    Payment payment = receive(work, decision.terms(), decision.tappedAt());
    if (!(payment.tapState() instanceof Received received)) {
      return payment;
    }
    Scored scored = received.score();
    if (decision.outcome() == TapDecision.Outcome.REFUSE) {
      return move(work, payment, scored.refuse(), decision.reasons());
    }
    PaymentTerms terms = payment.terms();
    Funding funding = MoneyMoves.fund(work, terms, sources(terms));
    if (funding.shortage() != null) {
      Reason reason = funding.shortage().reason();
      return move(work, payment, scored.refuse(), with(decision.reasons(), reason));
    }
    if (decision.outcome() == TapDecision.Outcome.FREEZE) {
      MoneyMoves.hold(work, terms, funding.parts());
      return move(work, payment, scored.freeze(), decision.reasons());
    }
    MoneyMoves.capture(work, terms, funding.parts());
    return move(work, payment, scored.clear(), decision.reasons());
  }

  private static List<AccountRef> sources(PaymentTerms terms) {
    String currency = terms.amount().currency();
    return List.of(
        AccountRef.allowance(terms.payerId(), terms.deviceId(), currency),
        AccountRef.available(terms.payerId(), currency));
  }

  private static Payment move(
      Work work, Payment payment, OfflinePaymentState next, List<Reason> reasons) {
    return work.move(payment.next(next, work.now()), reasons);
  }

  private static List<Reason> with(List<Reason> reasons, Reason more) {
    List<Reason> all = new ArrayList<>(reasons);
    all.add(more);
    return all;
  }
}
