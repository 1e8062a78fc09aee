package io.tallystick.clearing.payment;

import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.Hold;
import io.tallystick.clearing.ledger.Posting.Entry;
import io.tallystick.clearing.ledger.PostingKind;
import io.tallystick.protocol.state.PaymentState;
import io.tallystick.protocol.state.PaymentState.AwaitingPayer;
import io.tallystick.protocol.state.PaymentState.Paid;
import io.tallystick.protocol.state.PaymentState.Refunded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How money of a code payment goes back: reversals and refunds.
///
/// While the money is in the clearing bucket it goes back from there; after the sweep, from the
/// merchant.
public final class ReturnRules {
  private ReturnRules() {}

  /// What became of a reversal.
  public sealed interface Reversal {
    /// Taken back, now or before, or never moved any money.
    record Done(Payment payment) implements Reversal {}

    /// Settled or refunded: it can only be refunded.
    record TooLate(String explanation) implements Reversal {}
  }

  /// What became of a refund.
  public sealed interface Refunding {
    record Done(Payment payment) implements Refunding {}

    /// No money moved.
    record Denied(Denial denial) implements Refunding {}
  }

  /// Why no money was given back, in the order in which it is decided.
  public enum Denial {
    UNKNOWN_PAYMENT("unknown_payment"),
    CURRENCY("currency"),
    NOT_PAID("not_paid"),
    EXCEEDS_PAID("exceeds_paid"),
    MERCHANT_FUNDS("merchant_funds");

    private final String text;

    Denial(String text) {
      this.text = text;
    }

    /// As the caller is told.
    public String text() {
      return text;
    }
  }

  /// Takes a payment back whole.
  ///
  /// @param holds its pending holds
  /// @param credit what it owes its merchant, under lock; null unless it is paid
  public static Reversal reverse(
      Work work, Payment payment, List<Hold> holds, @Nullable Credit credit) {
    if (payment.isTap()) {
      return new Reversal.TooLate("a tap is not reversed");
    }
    return switch (payment.codeState()) {
      case PaymentState.Authorising _ -> throw new AssertionError("authorising is never stored");
      case PaymentState.Declined _, PaymentState.Closed _, PaymentState.Reversed _ ->
          new Reversal.Done(payment);
      case Refunded _ -> new Reversal.TooLate("some of it was refunded");
      case AwaitingPayer awaiting -> {
        MoneyMoves.release(work, payment.terms(), holds);
        yield new Reversal.Done(reversed(work, payment, awaiting.reverse()));
      }
      case Paid paid -> reversePaid(work, payment, paid, required(credit));
    };
  }

  private static Reversal reversePaid(Work work, Payment payment, Paid paid, Credit credit) {
    if (credit.batchId() != null) {
      return new Reversal.TooLate("it is settled in batch " + credit.batchId());
    }
    if (!merchantCovers(work, credit, credit.amount().amountMinor())) {
      return new Reversal.TooLate("the merchant's balance no longer covers it");
    }
    giveBack(work, PostingKind.REVERSAL, "", credit, credit.amount().amountMinor());
    work.change(credit.reversed(work.now()));
    return new Reversal.Done(reversed(work, payment, paid.reverse()));
  }

  private static Payment reversed(Work work, Payment payment, PaymentState.Reversed next) {
    return work.move(
        payment.next(next, work.now()),
        List.of(Reason.of("reversed", "the merchant took the payment back")));
  }

  /// Gives back some or all of a paid payment.
  ///
  /// @param credit what it owes its merchant, under lock; null unless it is paid
  public static Refunding refund(
      Work work, Payment payment, Refund refund, @Nullable Credit credit) {
    if (!payment.terms().amount().currency().equals(refund.amount().currency())) {
      return new Refunding.Denied(Denial.CURRENCY);
    }
    if (payment.isTap()) {
      return new Refunding.Denied(Denial.NOT_PAID);
    }
    return switch (payment.codeState()) {
      case PaymentState.Authorising _,
          PaymentState.Declined _,
          AwaitingPayer _,
          PaymentState.Closed _,
          PaymentState.Reversed _ ->
          new Refunding.Denied(Denial.NOT_PAID);
      case Paid _, Refunded _ -> refundPaid(work, payment, refund, required(credit));
    };
  }

  private static Refunding refundPaid(Work work, Payment payment, Refund refund, Credit credit) {
    long amountMinor = refund.amount().amountMinor();
    long paidMinor = payment.terms().amount().amountMinor();
    if (amountMinor > paidMinor - payment.refundedMinor()) {
      return new Refunding.Denied(Denial.EXCEEDS_PAID);
    }
    if (!merchantCovers(work, credit, amountMinor)) {
      return new Refunding.Denied(Denial.MERCHANT_FUNDS);
    }
    Refunded next =
        payment.codeState() instanceof Refunded before
            ? before.refund(amountMinor)
            : new Paid().refund(amountMinor, paidMinor);
    giveBack(work, PostingKind.REFUND, refund.refundId(), credit, amountMinor);
    if (!credit.isSwept()) {
      work.change(credit.returned(amountMinor));
    }
    work.add(refund);
    Reason reason = Reason.of("refunded", "the merchant gave back " + refund.amount());
    return new Refunding.Done(work.move(payment.next(next, work.now()), List.of(reason)));
  }

  /// The bucket always covers a payment that was not swept; a merchant's balance may have gone out.
  private static boolean merchantCovers(Work work, Credit credit, long amountMinor) {
    return !credit.isSwept() || work.book().balance(payable(credit)).freeMinor() >= amountMinor;
  }

  private static void giveBack(
      Work work, PostingKind kind, String reference, Credit credit, long amountMinor) {
    String currency = credit.amount().currency();
    AccountRef source =
        credit.isSwept() ? payable(credit) : AccountRef.clearing(credit.bucket(), currency);
    AccountRef payer = AccountRef.available(credit.payerId(), currency);
    work.book()
        .post(
            kind,
            credit.payerId(),
            credit.paymentId(),
            reference,
            List.of(new Entry(source, -amountMinor), new Entry(payer, amountMinor)));
  }

  /// The account that must be locked before a swept credit is given back.
  public static AccountRef payable(Credit credit) {
    return AccountRef.payable(credit.merchantId(), credit.amount().currency());
  }

  private static Credit required(@Nullable Credit credit) {
    if (credit == null) {
      throw new AssertionError("a paid payment comes with its credit");
    }
    return credit;
  }
}
