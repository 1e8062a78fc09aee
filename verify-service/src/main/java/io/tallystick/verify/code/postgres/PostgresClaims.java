package io.tallystick.verify.code.postgres;

import io.tallystick.verify.code.CodeOrder;
import io.tallystick.verify.code.OrderKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Claims on authorising orders: who works on one. Each claim raises the attempt, on which what an
/// earlier worker still writes has no effect.
public final class PostgresClaims {
  private static final String CLAIM =
      """
      UPDATE code_order
         SET attempt = attempt + 1, claimed_until = :until
       WHERE merchant_id = :merchant AND order_id = :order
         AND state = 'authorising' AND claimed_until <= :now
      RETURNING *
      """;

  private static final String CLAIM_STALE =
      """
      UPDATE code_order
         SET attempt = attempt + 1, claimed_until = :until
       WHERE (merchant_id, order_id) IN (
             SELECT merchant_id, order_id FROM code_order
              WHERE state = 'authorising' AND claimed_until <= :now AND received_at <= :before
              ORDER BY received_at LIMIT :most FOR UPDATE SKIP LOCKED)
      RETURNING *
      """;

  private PostgresClaims() {}

  /// Takes over one authorising order whose claim has run out.
  public static Optional<CodeOrder> claim(Handle handle, OrderKey key, Instant now, Instant until) {
    return handle
        .createQuery(CLAIM)
        .bind("merchant", key.merchant().value())
        .bind("order", key.order().value())
        .bind("now", now)
        .bind("until", until)
        .map(OrderRows::map)
        .findOne();
  }

  /// Takes over authorising orders that were presented before an instant and that nobody works on.
  public static List<CodeOrder> claimStale(
      Handle handle, Instant before, Instant now, Instant until, int most) {
    return handle
        .createQuery(CLAIM_STALE)
        .bind("before", before)
        .bind("now", now)
        .bind("until", until)
        .bind("most", most)
        .map(OrderRows::map)
        .list();
  }
}
