package io.tallystick.clearing.payment;

import static java.util.Objects.requireNonNull;

import io.tallystick.clearing.ledger.Book;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one transaction does: the accounts it has locked, the payments it has loaded, and every
/// change to them. Rules change it; it is written whole.
///
/// Not thread-safe: it belongs to one transaction.
public final class Work {
  private final Book book;
  private final Instant now;
  private final Map<String, Payment> payments = new HashMap<>();
  private final Map<String, Payment> opened = new LinkedHashMap<>();
  private final Map<String, Payment> moved = new LinkedHashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, Credit> openedCredits = new LinkedHashMap<>();
  private final Map<String, Credit> changedCredits = new LinkedHashMap<>();
  private final List<Refund> refunds = new ArrayList<>();

  /// @param now the server's time, one for all of the transaction
  public Work(Book book, Instant now) {
    this.book = requireNonNull(book, "book is null");
    this.now = requireNonNull(now, "now is null");
  }

  public Book book() {
    return book;
  }

  public Instant now() {
    return now;
  }

  /// Adds payments read from the database under lock.
  public void load(Iterable<Payment> stored) {
    stored.forEach(payment -> payments.put(payment.paymentId(), payment));
  }

  /// The payment as it stands after the changes so far.
  public @Nullable Payment find(String paymentId) {
    return payments.get(paymentId);
  }

  /// The payment as it stands; asking for one that was not loaded is a mistake of this code.
  public Payment get(String paymentId) {
    Payment payment = payments.get(paymentId);
    if (payment == null) {
      throw new AssertionError("payment is not loaded: " + paymentId);
    }
    return payment;
  }

  /// Makes a payment: its first revision.
  public Payment open(Payment payment, String previousState, List<Reason> reasons) {
    if (payments.putIfAbsent(payment.paymentId(), payment) != null || payment.revision() != 1) {
      throw new AssertionError("payment exists already: " + payment.paymentId());
    }
    opened.put(payment.paymentId(), payment);
    changes.add(new Change(payment, previousState, reasons));
    return payment;
  }

  /// Moves a payment on.
  public Payment move(Payment after, List<Reason> reasons) {
    Payment before = get(after.paymentId());
    if (after.revision() != before.revision() + 1) {
      throw new AssertionError("revision is skipped: " + after);
    }
    payments.put(after.paymentId(), after);
    (opened.containsKey(after.paymentId()) ? opened : moved).put(after.paymentId(), after);
    changes.add(new Change(after, before.state(), reasons));
    return after;
  }

  public void open(Credit credit) {
    openedCredits.put(credit.paymentId(), credit);
  }

  public void change(Credit credit) {
    changedCredits.put(credit.paymentId(), credit);
  }

  public void add(Refund refund) {
    refunds.add(refund);
  }

  /// New payments, as they stand now.
  public List<Payment> opened() {
    return List.copyOf(opened.values());
  }

  /// Stored payments that moved, as they stand now.
  public List<Payment> moved() {
    return List.copyOf(moved.values());
  }

  /// Every change, in order.
  public List<Change> changes() {
    return List.copyOf(changes);
  }

  /// The last change of each payment: what the outside is told.
  public List<Change> lastChanges() {
    Map<String, Change> last = new LinkedHashMap<>();
    changes.forEach(change -> last.put(change.after().paymentId(), change));
    return List.copyOf(last.values());
  }

  public List<Credit> openedCredits() {
    return List.copyOf(openedCredits.values());
  }

  public List<Credit> changedCredits() {
    return List.copyOf(changedCredits.values());
  }

  public List<Refund> refunds() {
    return List.copyOf(refunds);
  }
}
