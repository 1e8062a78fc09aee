package io.tallystick.verify.code.postgres;

import io.tallystick.verify.code.OrderChange;
import io.tallystick.verify.code.OrderChange.Decided;
import io.tallystick.verify.code.OrderChange.Heard;
import io.tallystick.verify.code.OrderChange.Released;
import io.tallystick.verify.code.OrderChange.Stopped;
import io.tallystick.verify.code.OrderKey;
import io.tallystick.verify.code.OrderState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Changes of orders in batches, and the claims on those that are authorising. Rows are locked in
/// the order of their keys.
public final class PostgresChanges {
  private static final String HEAR =
      """
      WITH said AS MATERIALIZED (
        SELECT s.*, o.payment_id AS known_payment
          FROM unnest(:merchants, :orders, :payments, :states, :causes, :paids, :refunds,
                      :revisions, :ats)
               AS s(merchant_id, order_id, payment_id, state, cause, paid_at, refunded_minor,
                    revision, at)
          JOIN code_order o ON o.merchant_id = s.merchant_id AND o.order_id = s.order_id
         -- Most words are heard twice, from the answer and from the stream. A lock writes the row,
         -- so only those that are news take one.
         WHERE o.revision < s.revision
         ORDER BY s.merchant_id, s.order_id
           FOR UPDATE OF o)
      UPDATE code_order o
         SET state = s.state, decline_cause = s.cause,
             paid_at = coalesce(s.paid_at::timestamptz, o.paid_at),
             refunded_minor = s.refunded_minor, revision = s.revision,
             changed_at = s.at::timestamptz
        FROM said s
       WHERE o.merchant_id = s.merchant_id AND o.order_id = s.order_id
         AND o.payment_id = s.payment_id AND o.revision < s.revision
         AND NOT (o.revision = 0 AND o.state IN ('declined', 'reversed')
                  AND s.state IN ('declined', 'reversed'))
      RETURNING o.merchant_id, o.order_id
      """;

  private static final String STOP =
      """
      WITH stopped AS MATERIALIZED (
        SELECT s.*
          FROM unnest(:merchants, :orders, :ats) AS s(merchant_id, order_id, at)
          JOIN code_order o ON o.merchant_id = s.merchant_id AND o.order_id = s.order_id
         ORDER BY s.merchant_id, s.order_id
           FOR UPDATE OF o)
      UPDATE code_order o
         SET state = 'reversed', changed_at = s.at::timestamptz
        FROM stopped s
       WHERE o.merchant_id = s.merchant_id AND o.order_id = s.order_id
         AND o.state = 'authorising'
      RETURNING o.merchant_id, o.order_id
      """;

  private static final String DECIDE =
      """
      WITH decided AS MATERIALIZED (
        SELECT d.*
          FROM unnest(:merchants, :orders, :attempts, :states, :causes, :ats)
               AS d(merchant_id, order_id, attempt, state, cause, at)
          JOIN code_order o ON o.merchant_id = d.merchant_id AND o.order_id = d.order_id
         ORDER BY d.merchant_id, d.order_id
           FOR UPDATE OF o)
      UPDATE code_order o
         SET state = d.state, decline_cause = d.cause, changed_at = d.at::timestamptz
        FROM decided d
       WHERE o.merchant_id = d.merchant_id AND o.order_id = d.order_id
         AND o.state = 'authorising' AND o.attempt = d.attempt
      RETURNING o.merchant_id, o.order_id
      """;

  private static final String RELEASE =
      """
      WITH released AS MATERIALIZED (
        SELECT r.*
          FROM unnest(:merchants, :orders, :attempts) AS r(merchant_id, order_id, attempt)
          JOIN code_order o ON o.merchant_id = r.merchant_id AND o.order_id = r.order_id
         ORDER BY r.merchant_id, r.order_id
           FOR UPDATE OF o)
      UPDATE code_order o
         SET claimed_until = o.received_at
        FROM released r
       WHERE o.merchant_id = r.merchant_id AND o.order_id = r.order_id
         AND o.state = 'authorising' AND o.attempt = r.attempt
      RETURNING o.merchant_id, o.order_id
      """;

  private PostgresChanges() {}

  /// Applies a batch; true for each change that changed its order.
  @SuppressWarnings("ReferenceEquality") // Of the same word twice one changed the order.
  public static List<Boolean> apply(Handle handle, List<OrderChange> changes) {
    Map<OrderKey, Heard> last = lastWords(changes);
    Set<OrderKey> heard = hear(handle, List.copyOf(last.values()));
    Set<OrderKey> stopped = stop(handle, only(changes, Stopped.class));
    Set<OrderKey> decided = decide(handle, only(changes, Decided.class));
    Set<OrderKey> released = release(handle, only(changes, Released.class));
    List<Boolean> changed = new ArrayList<>(changes.size());
    for (OrderChange change : changes) {
      changed.add(
          switch (change) {
            case Heard one -> last.get(one.key()) == one && heard.contains(one.key());
            case Stopped one -> stopped.contains(one.key());
            case Decided one -> decided.contains(one.key());
            case Released one -> released.contains(one.key());
          });
    }
    return changed;
  }

  /// One statement changes a row once, so of several words on one order the last counts.
  private static Map<OrderKey, Heard> lastWords(List<OrderChange> changes) {
    Map<OrderKey, Heard> last = new LinkedHashMap<>();
    for (Heard heard : only(changes, Heard.class)) {
      last.merge(
          heard.key(),
          heard,
          (one, other) -> other.word().revision() > one.word().revision() ? other : one);
    }
    return last;
  }

  private static Set<OrderKey> hear(Handle handle, List<Heard> changes) {
    return changes.isEmpty()
        ? Set.of()
        : keys(
            new Columns<>(handle.createQuery(HEAR), changes)
                .text("merchants", one -> one.key().merchant().value())
                .text("orders", one -> one.key().order().value())
                .text("payments", Heard::paymentId)
                .text("states", one -> one.word().state().label())
                .text("causes", one -> cause(one.word().state()))
                .text("paids", one -> paidAt(one.word().state()))
                .whole("refunds", one -> refundedMinor(one.word().state()))
                .number("revisions", one -> one.word().revision())
                .text("ats", one -> changedAt(one.word().state()).toString()));
  }

  private static Set<OrderKey> stop(Handle handle, List<Stopped> changes) {
    return changes.isEmpty()
        ? Set.of()
        : keys(
            new Columns<>(handle.createQuery(STOP), changes)
                .text("merchants", one -> one.key().merchant().value())
                .text("orders", one -> one.key().order().value())
                .text("ats", one -> one.at().toString()));
  }

  private static Set<OrderKey> decide(Handle handle, List<Decided> changes) {
    return changes.isEmpty()
        ? Set.of()
        : keys(
            new Columns<>(handle.createQuery(DECIDE), changes)
                .text("merchants", one -> one.key().merchant().value())
                .text("orders", one -> one.key().order().value())
                .number("attempts", one -> one.claim().attempt())
                .text("states", one -> one.state().label())
                .text("causes", one -> cause(one.state()))
                .text("ats", one -> changedAt(one.state()).toString()));
  }

  private static Set<OrderKey> release(Handle handle, List<Released> changes) {
    return changes.isEmpty()
        ? Set.of()
        : keys(
            new Columns<>(handle.createQuery(RELEASE), changes)
                .text("merchants", one -> one.key().merchant().value())
                .text("orders", one -> one.key().order().value())
                .number("attempts", one -> one.claim().attempt()));
  }

  private static Set<OrderKey> keys(Columns<?, org.jdbi.v3.core.statement.Query> bound) {
    return new HashSet<>(
        bound.statement().map((row, _) -> OrderKey.of(row.getString(1), row.getString(2))).list());
  }

  private static <T extends OrderChange> List<T> only(List<OrderChange> changes, Class<T> type) {
    return changes.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static @Nullable String cause(OrderState state) {
    return state instanceof OrderState.Declined declined ? declined.cause().label() : null;
  }

  private static @Nullable String paidAt(OrderState state) {
    return switch (state) {
      case OrderState.Paid paid -> paid.paidAt().toString();
      case OrderState.Refunded refunded -> refunded.paidAt().toString();
      case OrderState.Authorising _,
          OrderState.Declined _,
          OrderState.AwaitingPayer _,
          OrderState.Closed _,
          OrderState.Reversed _ ->
          null;
    };
  }

  private static long refundedMinor(OrderState state) {
    return state instanceof OrderState.Refunded refunded ? refunded.refundedMinor() : 0;
  }

  private static Instant changedAt(OrderState state) {
    return switch (state) {
      case OrderState.Authorising _ ->
          throw new IllegalArgumentException("no order goes back to authorising");
      case OrderState.Paid paid -> paid.paidAt();
      case OrderState.Declined declined -> declined.declinedAt();
      case OrderState.AwaitingPayer awaiting -> awaiting.since();
      case OrderState.Closed closed -> closed.closedAt();
      case OrderState.Reversed reversed -> reversed.reversedAt();
      case OrderState.Refunded refunded -> refunded.refundedAt();
    };
  }
}
