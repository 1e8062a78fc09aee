package io.tallystick.clearing.payment;

import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.payment.MoneyMoves.Funding;
import io.tallystick.protocol.state.PaymentState;
import io.tallystick.protocol.state.PaymentState.Authorising;
import java.util.List;

/// How a code payment begins.
public final class CodeRules {
  /// Decline reasons beside those of [MoneyMoves.Shortage].
  public static final String INSTRUMENT_USED = "instrument_used";

  /// A reversal came first.
  public static final String REVERSED = "reversed";

  private CodeRules() {}

  /// What the database said when the payment claimed what is unique.
  ///
  /// @param reversedBefore a reversal of this payment came first
  /// @param instrumentTaken another payment has presented the instrument
  public record Claim(boolean reversedBefore, boolean instrumentTaken) {}

  /// Begins a payment. Guards in this order: reversed before, instrument used, no account, no
  /// account in the currency, too little money; then it is paid, or held when the payer must step
  /// up.
  public static Payment pay(Work work, PayCommand command, Claim claim) {
    PaymentTerms terms = command.terms();
    if (claim.reversedBefore()) {
      return decline(work, terms, Reason.of(REVERSED, "a reversal of this payment came first"));
    }
    if (claim.instrumentTaken()) {
      return decline(work, terms, Reason.of(INSTRUMENT_USED, "another payment has used this code"));
    }
    AccountRef source = AccountRef.available(terms.payerId(), terms.amount().currency());
    Funding funding = MoneyMoves.fund(work, terms, List.of(source));
    if (funding.shortage() != null) {
      return decline(work, terms, funding.shortage().reason());
    }
    Authorising authorising = PaymentState.begin();
    if (command.stepUp()) {
      MoneyMoves.hold(work, terms, funding.parts());
      return open(work, terms, authorising.awaitPayer(), command.reasons());
    }
    MoneyMoves.capture(work, terms, funding.parts());
    return open(work, terms, authorising.pay(), List.of());
  }

  private static Payment decline(Work work, PaymentTerms terms, Reason reason) {
    return open(work, terms, PaymentState.begin().decline(reason.rule()), List.of(reason));
  }

  private static Payment open(
      Work work, PaymentTerms terms, PaymentState first, List<Reason> reasons) {
    return work.open(Payment.begin(terms, first, work.now()), PaymentState.begin().name(), reasons);
  }
}
