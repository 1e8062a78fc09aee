package io.tallystick.notify.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// The delivery log as a queue. An attempt holds a lease; the endpoint's lock while taking makes
/// its number of leases exact over all replicas, and endpoints take turns, so one that never
/// answers takes no more than its share.
@ApplicationScoped
class DeliveryQueue {
  /// A delivery that this replica has taken to attempt.
  ///
  /// @param attempt this one included
  /// @param last whether there is no other after it
  /// @param traceparent of the work that it tells of
  record Taken(
      String merchantId,
      String deliveryId,
      String webhookId,
      String body,
      int attempt,
      boolean last,
      @Nullable String traceparent) {
    @Override
    public String toString() {
      return "Taken[" + deliveryId + ", attempt " + attempt + "]";
    }
  }

  /// Takes deliveries that are due.
  ///
  /// Two statements: leases are counted after the endpoints are locked, in a snapshot that has what
  /// the last holder of the locks committed.
  ///
  /// @param perEndpoint most leases of one endpoint
  List<Taken> take(Handle handle, int limit, int perEndpoint, Duration lease, Instant now) {
    List<String> endpoints = lockEndpoints(handle, limit, perEndpoint, now);
    return endpoints.isEmpty()
        ? List.of()
        : takeOf(handle, endpoints, limit, perEndpoint, lease, now);
  }

  private static List<String> lockEndpoints(
      Handle handle, int limit, int perEndpoint, Instant now) {
    return handle
        .createQuery(
            """
            SELECT e.merchant_id FROM webhook_endpoint e
            WHERE EXISTS (SELECT FROM webhook_delivery d WHERE d.merchant_id = e.merchant_id
                AND d.state = 'pending' AND d.next_attempt_at <= :now)
              AND (SELECT count(*) FROM webhook_delivery f WHERE f.merchant_id = e.merchant_id
                AND f.lease_until > :now) < :share
            ORDER BY e.last_claimed_at NULLS FIRST LIMIT :limit FOR UPDATE OF e SKIP LOCKED
            """)
        .bind("now", now)
        .bind("share", perEndpoint)
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }

  private static List<Taken> takeOf(
      Handle handle,
      List<String> endpoints,
      int limit,
      int perEndpoint,
      Duration lease,
      Instant now) {
    return handle
        .createQuery(
            """
            WITH due AS MATERIALIZED (
              SELECT d.merchant_id, d.delivery_id FROM unnest(:endpoints) e (merchant_id)
              CROSS JOIN LATERAL (
                SELECT merchant_id, delivery_id FROM webhook_delivery d
                WHERE d.merchant_id = e.merchant_id AND d.state = 'pending' AND d.next_attempt_at <= :now
                ORDER BY d.next_attempt_at
                LIMIT greatest(0, :share - (SELECT count(*) FROM webhook_delivery f
                  WHERE f.merchant_id = e.merchant_id AND f.lease_until > :now))
                FOR UPDATE SKIP LOCKED) d LIMIT :limit),
            turn AS (
              UPDATE webhook_endpoint SET last_claimed_at = :now
              WHERE merchant_id IN (SELECT merchant_id FROM due))
            UPDATE webhook_delivery d SET attempts = d.attempts + 1, lease_until = :lease,
              next_attempt_at = :lease, last_attempt_at = :now
            FROM due WHERE d.merchant_id = due.merchant_id AND d.delivery_id = due.delivery_id
            RETURNING d.merchant_id, d.delivery_id, d.webhook_id, d.body, d.attempts,
              d.attempts >= d.attempts_allowed AS last, d.traceparent
            """)
        .bindArray("endpoints", String.class, endpoints)
        .bind("now", now)
        .bind("share", perEndpoint)
        .bind("limit", limit)
        .bind("lease", now.plus(lease))
        .map(DeliveryQueue::taken)
        .list();
  }

  void delivered(Handle handle, Taken taken, int status, Instant now) {
    handle
        .createUpdate(
            """
            UPDATE webhook_delivery SET state = 'delivered', lease_until = NULL, last_status = :status,
              last_error = NULL, delivered_at = :now
            WHERE merchant_id = :merchant AND delivery_id = :id AND attempts = :attempt
            """)
        .bind("status", status)
        .bind("now", now)
        .bind("merchant", taken.merchantId())
        .bind("id", taken.deliveryId())
        .bind("attempt", taken.attempt())
        .execute();
  }

  /// @param next when it is tried again, absent when it is given up
  void failed(
      Handle handle, Taken taken, @Nullable Integer status, String error, @Nullable Instant next) {
    handle
        .createUpdate(
            """
            UPDATE webhook_delivery SET state = CASE WHEN :next::timestamptz IS NULL THEN 'given-up'
                ELSE 'pending' END,
              lease_until = NULL, last_status = :status, last_error = :error, next_attempt_at = :next
            WHERE merchant_id = :merchant AND delivery_id = :id AND attempts = :attempt
              AND state = 'pending'
            """)
        .bind("next", next)
        .bind("status", status)
        .bind("error", error)
        .bind("merchant", taken.merchantId())
        .bind("id", taken.deliveryId())
        .bind("attempt", taken.attempt())
        .execute();
  }

  private static Taken taken(ResultSet row, StatementContext context) throws SQLException {
    return new Taken(
        row.getString("merchant_id"),
        row.getString("delivery_id"),
        row.getString("webhook_id"),
        row.getString("body"),
        row.getInt("attempts"),
        row.getBoolean("last"),
        row.getString("traceparent"));
  }
}
