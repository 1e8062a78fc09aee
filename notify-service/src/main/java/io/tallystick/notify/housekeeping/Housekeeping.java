package io.tallystick.notify.housekeeping;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.database.Database;
import io.tallystick.notify.challenge.ChallengeConfig;
import io.tallystick.notify.inbox.InboxConfig;
import io.tallystick.notify.webhook.WebhookConfig;
import io.tallystick.notify.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Deletes old rows in bounded transactions.
@ApplicationScoped
public class Housekeeping {
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int BATCH = 1_000;

  /// What is deleted: rows of a table that match a condition on `:before`.
  record Rule(String table, String condition, Duration age) {}

  private final List<Rule> rules;
  private final Database database;
  private final Clock clock;
  private @Nullable Worker worker;

  Housekeeping(
      ChallengeConfig challenge,
      InboxConfig inbox,
      WebhookConfig webhook,
      Database database,
      Clock clock) {
    this.rules =
        List.of(
            new Rule("inbox_item", "created_at < :before", inbox.retention()),
            new Rule("payment_told", "told_at < :before", inbox.retention()),
            new Rule("challenge", "ended_at < :before", challenge.retention()),
            new Rule("sms", "created_at < :before AND state <> 'queued'", challenge.retention()),
            new Rule("sms_segment", "created_at < :before", challenge.retention()),
            new Rule("face_verdict", "expires_at < :before", Duration.ZERO),
            new Rule("passkey_registration", "expires_at < :before", Duration.ZERO),
            new Rule(
                "webhook_delivery",
                "created_at < :before AND state <> 'pending'",
                webhook.retention()));
    this.database = database;
    this.clock = clock;
  }

  void start(@Observes StartupEvent started) {
    worker = Worker.start("housekeeping", INTERVAL, this::clean);
  }

  void stop(@Observes ShutdownEvent stopped) {
    if (worker != null) {
      worker.close();
    }
  }

  /// @return whether a table had more than one batch of old rows
  boolean clean() {
    boolean more = false;
    for (Rule rule : rules) {
      more |= delete(rule, clock.instant().minus(rule.age())) == BATCH;
    }
    return more;
  }

  private int delete(Rule rule, Instant before) {
    // Table and condition are constants of this class.
    String sql =
        "DELETE FROM %1$s WHERE ctid IN (SELECT ctid FROM %1$s WHERE %2$s LIMIT %3$d FOR UPDATE SKIP LOCKED)"
            .formatted(rule.table(), rule.condition(), BATCH);
    return database.inTransaction(
        handle -> handle.createUpdate(sql).bind("before", before).execute());
  }
}
