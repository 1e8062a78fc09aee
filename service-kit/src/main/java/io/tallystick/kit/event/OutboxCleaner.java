package io.tallystick.kit.event;

import io.tallystick.kit.database.Database;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Deletes rows that nobody needs any more, a bounded number in each transaction.
@Singleton
class OutboxCleaner {
  private static final int ROWS_AT_ONCE = 1_000;
  private static final int MOST_BATCHES = 100;

  private final Database database;
  private final EventsConfig config;
  private final Clock clock;

  @Inject
  OutboxCleaner(Database database, EventsConfig config, Clock clock) {
    this.database = database;
    this.config = config;
    this.clock = clock;
  }

  void clean() {
    deleteOld(
        """
        delete from outbox where id in (
            select id from outbox where status = 'delivered' and delivered_at < ?
            order by delivered_at limit ? for update skip locked)
        """,
        config.keepDelivered());
    deleteOld(
        """
        delete from inbox where (consumer, event_id) in (
            select consumer, event_id from inbox where received_at < ?
            order by received_at limit ? for update skip locked)
        """,
        config.keepInbox());
    deleteOld(
        """
        delete from idempotency where (scope, key) in (
            select scope, key from idempotency where created_at < ?
            order by created_at limit ? for update skip locked)
        """,
        config.keepIdempotencyKeys());
  }

  private void deleteOld(String sql, Duration keep) {
    OffsetDateTime before = clock.instant().minus(keep).atOffset(ZoneOffset.UTC);
    int deleted = ROWS_AT_ONCE;
    for (int batch = 0; batch < MOST_BATCHES && deleted == ROWS_AT_ONCE; batch++) {
      deleted = database.inTransaction(handle -> handle.execute(sql, before, ROWS_AT_ONCE));
    }
  }
}
