package io.tallystick.notify.inbox;

import io.tallystick.kit.trace.TraceContext;
import io.tallystick.notify.reason.Reasons;
import io.tallystick.protocol.model.Money;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Inboxes in PostgreSQL.
@ApplicationScoped
public class InboxStore {
  private static final String SELECT =
      """
      SELECT item_id, type, title, text, payment_id, merchant_id, amount_minor, refunded_minor, currency,
        state, revision, reasons::text AS reasons, challenge_id, changed_at, created_at,
        replace(trace_id::text, '-', '') AS trace_id
      FROM inbox_item WHERE payer_id = :payer
      """;

  private final Reasons reasons;

  InboxStore(Reasons reasons) {
    this.reasons = reasons;
  }

  /// Takes the payer's lock until the transaction ends. Whoever adds items takes it first.
  public void lock(Handle handle, String payerId) {
    handle
        .createUpdate(
            "INSERT INTO payer (payer_id) VALUES (:payer)"
                + " ON CONFLICT (payer_id) DO UPDATE SET payer_id = excluded.payer_id")
        .bind("payer", payerId)
        .execute();
  }

  /// Adds an item under the payer's lock, which is held until the transaction ends: the next number
  /// is given out only after this one is visible.
  public void add(Handle handle, String payerId, InboxItem item, Instant now) {
    Money amount = item.amount();
    Money refunded = item.refunded();
    handle
        .createUpdate(
            """
            WITH numbered AS (
              UPDATE payer SET last_item_id = last_item_id + 1 WHERE payer_id = :payer
              RETURNING last_item_id)
            INSERT INTO inbox_item (payer_id, item_id, type, title, text, payment_id, merchant_id,
              amount_minor, refunded_minor, currency, state, revision, reasons, challenge_id, changed_at,
              created_at, trace_id)
            SELECT :payer, last_item_id, :type, :title, :text, :payment, :merchant, :amount, :refunded,
              :currency, :state, :revision, :reasons::jsonb, :challenge, :changed, :now, :trace::uuid
            FROM numbered
            """)
        .bind("payer", payerId)
        .bind("type", item.type().text())
        .bind("title", item.title())
        .bind("text", item.text())
        .bind("payment", item.paymentId())
        .bind("merchant", item.merchantId())
        .bind("amount", amount == null ? null : amount.amountMinor())
        .bind("refunded", refunded == null ? null : refunded.amountMinor())
        .bind("currency", amount == null ? null : amount.currency())
        .bind("state", item.state())
        .bind("revision", item.revision())
        .bind("reasons", reasons.write(item.reasons()))
        .bind("challenge", item.challengeId())
        .bind("changed", item.changedAt())
        .bind("now", now)
        .bind("trace", TraceContext.traceIdAbout(item.paymentId()).orElse(null))
        .execute();
  }

  /// Items older than `before`, newest first.
  List<InboxItem.Stored> before(Handle handle, String payerId, long before, int limit) {
    return select(handle, payerId, "item_id < :from ORDER BY item_id DESC", before, limit);
  }

  /// Items newer than `after`, oldest first.
  List<InboxItem.Stored> after(Handle handle, String payerId, long after, int limit) {
    return select(handle, payerId, "item_id > :from ORDER BY item_id", after, limit);
  }

  /// Number of the newest item, 0 when there is none.
  long last(Handle handle, String payerId) {
    return lasts(handle, List.of(payerId)).getOrDefault(payerId, 0L);
  }

  /// Number of the newest item of each payer that has one.
  Map<String, Long> lasts(Handle handle, Collection<String> payerIds) {
    return handle
        .createQuery("SELECT payer_id, last_item_id FROM payer WHERE payer_id = ANY(:payers)")
        .bindArray("payers", String.class, payerIds.toArray())
        .map((row, _) -> Map.entry(row.getString("payer_id"), row.getLong("last_item_id")))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private List<InboxItem.Stored> select(
      Handle handle, String payerId, String condition, long from, int limit) {
    return handle
        .createQuery(SELECT + " AND " + condition + " LIMIT :limit")
        .bind("payer", payerId)
        .bind("from", from)
        .bind("limit", limit)
        .map(this::stored)
        .list();
  }

  private InboxItem.Stored stored(ResultSet row, StatementContext context) throws SQLException {
    InboxItem item =
        new InboxItem(
            InboxItem.Type.parse(row.getString("type")),
            row.getString("title"),
            row.getString("text"),
            row.getString("payment_id"),
            row.getString("merchant_id"),
            money(row, "amount_minor"),
            money(row, "refunded_minor"),
            row.getString("state"),
            row.getInt("revision"),
            reasons.read(row.getString("reasons")),
            row.getString("challenge_id"),
            row.getObject("changed_at", OffsetDateTime.class).toInstant());
    return new InboxItem.Stored(
        row.getLong("item_id"),
        item,
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getString("trace_id"));
  }

  private static @Nullable Money money(ResultSet row, String column) throws SQLException {
    long minor = row.getLong(column);
    return row.wasNull() ? null : Money.of(minor, row.getString("currency"));
  }
}
