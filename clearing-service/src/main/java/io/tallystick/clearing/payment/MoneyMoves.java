package io.tallystick.clearing.payment;

import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.Book.Part;
import io.tallystick.clearing.ledger.Bucket;
import io.tallystick.clearing.ledger.Hold;
import io.tallystick.clearing.ledger.HoldState;
import io.tallystick.clearing.ledger.Posting.Entry;
import io.tallystick.clearing.ledger.PostingKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The money side of a payment's moves, the same for codes and taps.
public final class MoneyMoves {
  private MoneyMoves() {}

  /// Why a payment can't have its money.
  public enum Shortage {
    /// The payer has no account at all.
    UNKNOWN_ACCOUNT("unknown_account", "the payer has no account"),
    /// The payer has accounts, none in this currency.
    CURRENCY("currency", "the payer has no account in this currency"),
    /// Too little that is not spent or held.
    INSUFFICIENT_FUNDS("insufficient_funds", "the balance does not cover the amount");

    private final String rule;
    private final String explanation;

    Shortage(String rule, String explanation) {
      this.rule = rule;
      this.explanation = explanation;
    }

    public String rule() {
      return rule;
    }

    public Reason reason() {
      return Reason.of(rule, explanation);
    }
  }

  /// Where the money for a payment would come from, or why there is none.
  ///
  /// @param parts empty if and only if there is a shortage
  public record Funding(List<Part> parts, @Nullable Shortage shortage) {}

  /// Decides in this order: no account, no account in the currency, too little money.
  public static Funding fund(Work work, PaymentTerms terms, List<AccountRef> sources) {
    AccountRef available = AccountRef.available(terms.payerId(), terms.amount().currency());
    if (!work.book().knowsPayer(terms.payerId())) {
      return new Funding(List.of(), Shortage.UNKNOWN_ACCOUNT);
    }
    if (!work.book().isLocked(available)) {
      return new Funding(List.of(), Shortage.CURRENCY);
    }
    List<Part> parts = work.book().parts(sources, terms.amount().amountMinor());
    return parts == null
        ? new Funding(List.of(), Shortage.INSUFFICIENT_FUNDS)
        : new Funding(parts, null);
  }

  /// Moves the money at once: payer → clearing bucket, with a credit for the merchant.
  public static void capture(Work work, PaymentTerms terms, List<Part> parts) {
    AccountRef bucket = AccountRef.clearing(Bucket.of(terms.payerId()), terms.amount().currency());
    List<Entry> entries = new ArrayList<>(parts.size() + 1);
    parts.forEach(part -> entries.add(new Entry(part.account(), -part.amountMinor())));
    entries.add(new Entry(bucket, terms.amount().amountMinor()));
    work.book().post(PostingKind.PAYMENT, terms.payerId(), terms.paymentId(), "", entries);
    boolean tap = terms.instrument().kind() == InstrumentKind.TAP;
    work.open(Credit.of(terms, tap, work.now()));
  }

  /// Sets the money aside: phase one.
  public static void hold(Work work, PaymentTerms terms, List<Part> parts) {
    for (Part part : parts) {
      work.book()
          .hold(new Hold(terms.payerId(), terms.paymentId(), part.account(), part.amountMinor()));
    }
  }

  /// Phase two, forwards: what was held is paid.
  public static void captureHeld(Work work, PaymentTerms terms, List<Hold> holds) {
    requireWhole(terms, holds);
    holds.forEach(hold -> work.book().end(hold, HoldState.POSTED));
    capture(work, terms, holds.stream().map(h -> new Part(h.account(), h.amountMinor())).toList());
  }

  /// Phase two, backwards: what was held is the payer's again.
  public static void release(Work work, PaymentTerms terms, List<Hold> holds) {
    requireWhole(terms, holds);
    holds.forEach(hold -> work.book().end(hold, HoldState.VOIDED));
  }

  /// The holds placed for a payment in this transaction.
  public static List<Hold> placedHolds(Work work, String paymentId) {
    return work.book().placedHolds().stream()
        .filter(hold -> hold.paymentId().equals(paymentId))
        .toList();
  }

  private static void requireWhole(PaymentTerms terms, List<Hold> holds) {
    long heldMinor = holds.stream().mapToLong(Hold::amountMinor).sum();
    if (heldMinor != terms.amount().amountMinor()) {
      throw new AssertionError(
          "payment %s has %d of %d held"
              .formatted(terms.paymentId(), heldMinor, terms.amount().amountMinor()));
    }
  }
}
