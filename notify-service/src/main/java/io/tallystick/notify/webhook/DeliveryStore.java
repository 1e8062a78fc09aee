package io.tallystick.notify.webhook;

import io.tallystick.kit.trace.TraceContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// The delivery log in PostgreSQL.
@ApplicationScoped
class DeliveryStore {
  private static final String SELECT =
      """
      SELECT merchant_id, delivery_id, webhook_id, type, payment_id, state, attempts, last_attempt_at,
        last_status, last_error, CASE WHEN state = 'pending' THEN next_attempt_at END AS next_attempt_at,
        created_at, delivered_at
      FROM webhook_delivery WHERE merchant_id = :merchant
      """;

  /// Queues a delivery; false when its source was told before.
  boolean add(
      Handle handle,
      WebhookEvent event,
      String deliveryId,
      String webhookId,
      String body,
      int attempts,
      Instant now) {
    return handle
            .createUpdate(
                """
                INSERT INTO webhook_delivery (merchant_id, delivery_id, webhook_id, source, type,
                  payment_id, body, state, attempts_allowed, next_attempt_at, created_at, traceparent)
                VALUES (:merchant, :id, :webhook, :source, :type, :payment, :body, 'pending', :allowed,
                  :now, :now, :trace)
                ON CONFLICT (merchant_id, source) DO NOTHING
                """)
            .bind("merchant", event.merchantId())
            .bind("id", deliveryId)
            .bind("webhook", webhookId)
            .bind("source", event.source())
            .bind("type", event.type())
            .bind("payment", event.paymentId())
            .bind("body", body)
            .bind("allowed", attempts)
            .bind("now", now)
            .bind("trace", TraceContext.current().orElse(null))
            .execute()
        == 1;
  }

  Optional<Delivery> find(Handle handle, String merchantId, String deliveryId) {
    return handle
        .createQuery(SELECT + " AND delivery_id = :id")
        .bind("merchant", merchantId)
        .bind("id", deliveryId)
        .map(DeliveryStore::delivery)
        .findOne();
  }

  /// Newest first; delivery ids begin with their time.
  List<Delivery> list(
      Handle handle,
      String merchantId,
      Delivery.@Nullable State state,
      Optional<String> before,
      int limit) {
    return handle
        .createQuery(
            SELECT
                + " AND (:state::text IS NULL OR state = :state)"
                + " AND (:before::text IS NULL OR delivery_id < :before)"
                + " ORDER BY delivery_id DESC LIMIT :limit")
        .bind("merchant", merchantId)
        .bind("state", state == null ? null : state.text())
        .bind("before", before.orElse(null))
        .bind("limit", limit)
        .map(DeliveryStore::delivery)
        .list();
  }

  /// Sends it again, with as many attempts as at first.
  boolean again(Handle handle, String merchantId, String deliveryId, int attempts, Instant now) {
    return handle
            .createUpdate(
                """
                UPDATE webhook_delivery SET state = 'pending', next_attempt_at = :now,
                  attempts_allowed = attempts + :more, delivered_at = NULL
                WHERE merchant_id = :merchant AND delivery_id = :id
                """)
            .bind("now", now)
            .bind("more", attempts)
            .bind("merchant", merchantId)
            .bind("id", deliveryId)
            .execute()
        == 1;
  }

  /// What is pending has nowhere to go any more.
  void giveUpAll(Handle handle, String merchantId, String why) {
    handle
        .createUpdate(
            "UPDATE webhook_delivery SET state = 'given-up', last_error = :why, lease_until = NULL"
                + " WHERE merchant_id = :merchant AND state = 'pending'")
        .bind("why", why)
        .bind("merchant", merchantId)
        .execute();
  }

  private static Delivery delivery(ResultSet row, StatementContext context) throws SQLException {
    int status = row.getInt("last_status");
    Integer lastStatus = row.wasNull() ? null : Integer.valueOf(status);
    return new Delivery(
        row.getString("merchant_id"),
        row.getString("delivery_id"),
        row.getString("webhook_id"),
        row.getString("type"),
        row.getString("payment_id"),
        Delivery.State.parse(row.getString("state")),
        row.getInt("attempts"),
        instant(row, "last_attempt_at"),
        lastStatus,
        row.getString("last_error"),
        instant(row, "next_attempt_at"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "delivered_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
