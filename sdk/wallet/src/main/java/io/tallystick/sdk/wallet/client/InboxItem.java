package io.tallystick.sdk.wallet.client;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something the payer was told.
 *
 * @param id counts the payer's items from 1
 * @param type {@code payment}, {@code challenge} or {@code dispute}
 * @param title a few words
 * @param text a sentence or two
 * @param paymentId what it is about
 * @param merchantId where
 * @param amount how much
 * @param state of the payment, or {@code disputed}
 * @param revision the highest of a payment is its newest state
 * @param reasons why, where there is a why
 * @param challengeId what to answer, of a challenge
 * @param refunded how much came back, in state {@code refunded}
 * @param changedAt when the payment changed
 * @param traceId of the request that brought it about, for whoever looks into it
 */
public record InboxItem(
    long id,
    String type,
    String title,
    String text,
    String paymentId,
    String merchantId,
    Optional<Money> amount,
    String state,
    long revision,
    List<Reason> reasons,
    Optional<String> challengeId,
    Optional<Money> refunded,
    Instant changedAt,
    Optional<String> traceId) {
  /** Payments by code; those by tap begin with {@code tap_}. */
  private static final String CODE_PAYMENT = "pay_";

  public InboxItem {
    requireNonNull(type, "type is null");
    requireNonNull(title, "title is null");
    requireNonNull(text, "text is null");
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(merchantId, "merchantId is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(state, "state is null");
    reasons = List.copyOf(reasons);
    requireNonNull(challengeId, "challengeId is null");
    requireNonNull(refunded, "refunded is null");
    requireNonNull(changedAt, "changedAt is null");
    requireNonNull(traceId, "traceId is null");
  }

  /** Whether a code paid, or failed to. */
  public boolean isOfCodePayment() {
    return paymentId.startsWith(CODE_PAYMENT);
  }

  static InboxItem read(Members item) {
    return new InboxItem(
        item.number("id"),
        item.text("type"),
        item.text("title"),
        item.text("text"),
        item.optionalText("paymentId").orElse(""),
        item.optionalText("merchantId").orElse(""),
        item.optional("amount", item::money),
        item.text("state"),
        item.optional("revision", item::number).orElse(0L),
        item.list("reasons", Reason::read),
        item.optionalText("challengeId"),
        item.optional("refunded", item::money),
        item.instant("changedAt"),
        item.optionalText("traceId"));
  }
}
