package io.tallystick.verify.code.postgres;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.TerminalId;
import io.tallystick.verify.code.CodeMatch.Payable;
import io.tallystick.verify.code.CodeOrder;
import io.tallystick.verify.code.DeclineCause;
import io.tallystick.verify.code.OrderKey;
import io.tallystick.verify.code.Presentation;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Statements on `code_order`, inside the caller's transaction.
public final class PostgresOrders {
  private static final String INSERT =
      """
      INSERT INTO code_order (
        merchant_id, order_id, payment_id, terminal_id, code_digest, amount_minor, currency,
        payer_id, device_id, instrument_kind, instrument_id, device_enrolled_at, must_step_up,
        state, decline_cause, attempt, claimed_until, received_at, changed_at)
      SELECT merchant_id, order_id, payment_id, terminal_id, decode(code_digest, 'hex'),
             amount_minor, currency, payer_id, device_id, instrument_kind, instrument_id,
             device_enrolled_at::timestamptz, must_step_up,
             CASE WHEN payer_id IS NULL THEN 'declined' ELSE 'authorising' END,
             CASE WHEN payer_id IS NULL THEN 'code_refused' END, 1,
             claimed_until::timestamptz, at::timestamptz, at::timestamptz
        FROM unnest(:merchants, :orders, :payments, :terminals, :digests, :amounts, :currencies,
                    :payers, :devices, :kinds, :instruments, :enrolments, :stepUps, :claims, :ats)
             AS p(merchant_id, order_id, payment_id, terminal_id, code_digest, amount_minor,
                  currency, payer_id, device_id, instrument_kind, instrument_id,
                  device_enrolled_at, must_step_up, claimed_until, at)
       ORDER BY merchant_id, order_id
          ON CONFLICT (merchant_id, order_id) DO NOTHING
      RETURNING payment_id
      """;

  private static final String ADOPT =
      """
      UPDATE code_order o
         SET code_digest = decode(p.code_digest, 'hex'), amount_minor = p.amount_minor,
             currency = p.currency
        FROM unnest(:merchants, :orders, :digests, :amounts, :currencies)
             AS p(merchant_id, order_id, code_digest, amount_minor, currency)
       WHERE o.merchant_id = p.merchant_id AND o.order_id = p.order_id
         AND o.state = 'reversed' AND o.code_digest IS NULL
      RETURNING o.merchant_id, o.order_id
      """;

  private static final String DECLINE =
      """
      UPDATE code_order o
         SET state = 'declined', decline_cause = p.cause
        FROM unnest(:merchants, :orders, :causes) AS p(merchant_id, order_id, cause)
       WHERE o.merchant_id = p.merchant_id AND o.order_id = p.order_id
      """;

  private static final String FIND =
      """
      SELECT o.* FROM code_order o
        JOIN unnest(:merchants, :orders) AS k(merchant_id, order_id)
          ON o.merchant_id = k.merchant_id AND o.order_id = k.order_id
      """;

  private static final String MARK_REVERSED =
      """
      INSERT INTO code_order (
        merchant_id, order_id, payment_id, terminal_id, must_step_up, state, attempt,
        claimed_until, received_at, changed_at)
      VALUES (:merchant, :order, :payment, :terminal, false, 'reversed', 0, :at, :at, :at)
      ON CONFLICT (merchant_id, order_id) DO NOTHING
      """;

  private PostgresOrders() {}

  /// Inserts the orders that are not there; returns the payment ids of those it inserted.
  static Set<String> insert(
      Handle handle, List<Presentation> presentations, Predicate<Presentation> mustStepUp) {
    if (presentations.isEmpty()) {
      return Set.of();
    }
    var columns = new Columns<>(handle.createQuery(INSERT), presentations);
    return new HashSet<>(
        columns
            .text("merchants", one -> one.key().merchant().value())
            .text("orders", one -> one.key().order().value())
            .text("payments", Presentation::paymentId)
            .text("terminals", one -> one.terminal().value())
            .text("digests", one -> one.request().codeDigest().toString())
            .whole("amounts", one -> one.request().amount().amountMinor())
            .text("currencies", one -> one.request().amount().currency())
            .text("payers", payable(Payable::payerId))
            .text("devices", payable(Payable::deviceId))
            .text("kinds", payable(payable -> payable.kind().name()))
            .text("instruments", payable(Payable::instrumentId))
            .text("enrolments", payable(payable -> payable.deviceEnrolledAt().toString()))
            .flag("stepUps", mustStepUp::test)
            .text("claims", one -> one.claimedUntil().toString())
            .text("ats", one -> one.at().toString())
            .statement()
            .mapTo(String.class)
            .list());
  }

  /// Gives the marks that reversals left the request they were waiting for; returns the
  /// presentations whose order had such a mark.
  static List<Presentation> adoptMarks(Handle handle, List<Presentation> presentations) {
    if (presentations.isEmpty()) {
      return List.of();
    }
    var columns = new Columns<>(handle.createQuery(ADOPT), presentations);
    Set<OrderKey> adopted =
        new HashSet<>(
            columns
                .text("merchants", one -> one.key().merchant().value())
                .text("orders", one -> one.key().order().value())
                .text("digests", one -> one.request().codeDigest().toString())
                .whole("amounts", one -> one.request().amount().amountMinor())
                .text("currencies", one -> one.request().amount().currency())
                .statement()
                .map((row, _) -> OrderKey.of(row.getString(1), row.getString(2)))
                .list());
    return presentations.stream().filter(one -> adopted.contains(one.key())).toList();
  }

  /// Writes the declines of orders inserted in this transaction.
  static void decline(
      Handle handle, List<Presentation> fresh, Map<Presentation, DeclineCause> causes) {
    List<Presentation> declined = fresh.stream().filter(causes::containsKey).toList();
    if (declined.isEmpty()) {
      return;
    }
    new Columns<>(handle.createUpdate(DECLINE), declined)
        .text("merchants", one -> one.key().merchant().value())
        .text("orders", one -> one.key().order().value())
        .text("causes", one -> requireNonNull(causes.get(one), "filtered").label())
        .statement()
        .execute();
  }

  /// The orders there are among these.
  static Map<OrderKey, CodeOrder> find(Handle handle, Collection<OrderKey> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    Map<OrderKey, CodeOrder> found = new HashMap<>();
    new Columns<>(handle.createQuery(FIND), List.copyOf(keys))
        .text("merchants", key -> key.merchant().value())
        .text("orders", key -> key.order().value())
        .statement()
        .map(OrderRows::map)
        .forEach(order -> found.put(order.key(), order));
    return found;
  }

  public static Optional<CodeOrder> find(Handle handle, OrderKey key) {
    return Optional.ofNullable(find(handle, List.of(key)).get(key));
  }

  /// Leaves the mark of a reversal that came before its payment, unless the order is there.
  public static void markReversed(
      Handle handle, OrderKey key, String paymentId, TerminalId terminal, Instant at) {
    handle
        .createUpdate(MARK_REVERSED)
        .bind("merchant", key.merchant().value())
        .bind("order", key.order().value())
        .bind("payment", paymentId)
        .bind("terminal", terminal.value())
        .bind("at", at)
        .execute();
  }

  private static Function<Presentation, @Nullable String> payable(Function<Payable, String> field) {
    return one -> {
      var match = one.match();
      return match == null ? null : field.apply(match.payable());
    };
  }
}
