package io.tallystick.sdk.wallet.client;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A payment as its payer sees it.
 *
 * @param paymentId names it
 * @param kind {@code offline-code}, {@code online-code} or {@code tap}
 * @param merchantId where
 * @param terminalId at which terminal
 * @param orderId the merchant's, of a code payment
 * @param amount how much
 * @param refunded how much came back
 * @param state as it stands
 * @param declineReason of a declined one
 * @param occurredAt tap time, or server time of a code
 * @param clearedAt when the money moved
 * @param settledAt when the merchant was paid out
 * @param halves how the halves of a tap stand to each other
 * @param traceId of the request that brought the payment about, for whoever looks into it
 */
public record Bill(
    String paymentId,
    String kind,
    String merchantId,
    String terminalId,
    Optional<String> orderId,
    Money amount,
    Money refunded,
    String state,
    Optional<String> declineReason,
    Instant occurredAt,
    Optional<Instant> clearedAt,
    Optional<Instant> settledAt,
    Optional<String> halves,
    Optional<String> traceId) {
  public Bill {
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(merchantId, "merchantId is null");
    requireNonNull(terminalId, "terminalId is null");
    requireNonNull(orderId, "orderId is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(refunded, "refunded is null");
    requireNonNull(state, "state is null");
    requireNonNull(declineReason, "declineReason is null");
    requireNonNull(occurredAt, "occurredAt is null");
    requireNonNull(clearedAt, "clearedAt is null");
    requireNonNull(settledAt, "settledAt is null");
    requireNonNull(halves, "halves is null");
    requireNonNull(traceId, "traceId is null");
  }

  /**
   * One state the payment was in.
   *
   * @param state that it came to
   * @param previousState that it came from
   * @param reasons why
   * @param changedAt when
   */
  public record Change(
      String state, String previousState, List<Reason> reasons, Instant changedAt) {
    public Change {
      requireNonNull(state, "state is null");
      requireNonNull(previousState, "previousState is null");
      reasons = List.copyOf(reasons);
      requireNonNull(changedAt, "changedAt is null");
    }
  }

  /**
   * Everything about one payment.
   *
   * @param bill as in the list
   * @param history its states, oldest first
   */
  public record Detail(Bill bill, List<Change> history) {
    public Detail {
      requireNonNull(bill, "bill is null");
      history = List.copyOf(history);
    }
  }

  static Bill read(Members bill) {
    return new Bill(
        bill.text("paymentId"),
        bill.text("kind"),
        bill.text("merchantId"),
        bill.text("terminalId"),
        bill.optionalText("orderId"),
        bill.money("amount"),
        bill.money("refunded"),
        bill.text("state"),
        bill.optionalText("declineReason"),
        bill.instant("occurredAt"),
        bill.optional("clearedAt", bill::instant),
        bill.optional("settledAt", bill::instant),
        bill.optionalText("halves"),
        bill.optionalText("traceId"));
  }

  static Detail readDetail(Members detail) {
    return new Detail(read(detail.child("bill")), detail.list("history", Bill::readChange));
  }

  private static Change readChange(Members change) {
    return new Change(
        change.text("state"),
        change.text("previousState"),
        change.list("reasons", Reason::read),
        change.instant("changedAt"));
  }
}
