package io.tallystick.risk.retention;

import io.tallystick.kit.database.Database;
import io.tallystick.risk.RiskConfig;
import io.tallystick.risk.history.Reach;
import io.tallystick.risk.thresholds.RuleBooks;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/// Deletes what is older than it has to be.
@Singleton
public class Retention {
  /// Most transactions for one table in one run; the rest waits for the next run.
  private static final int MOST_BATCHES = 100;

  private static final String OBSERVATIONS =
      """
      delete from observation where payment_id in (
        select payment_id from observation where received_at < ?
        order by received_at limit ? for update skip locked)
      """;
  private static final String STANDINGS =
      """
      delete from payment_standing where payment_id in (
        select payment_id from payment_standing where changed_at < ?
        order by changed_at limit ? for update skip locked)
      """;
  private static final String CONFIRMATIONS =
      """
      delete from confirmation where (payer_id, payment_id, rule) in (
        select payer_id, payment_id, rule from confirmation where confirmed_at < ?
        order by confirmed_at limit ? for update skip locked)
      """;

  /// The newest grant stays, however old: it is what the device has.
  private static final String GRANTS =
      """
      delete from device_grant where (payer_id, device_id, granted_at) in (
        select payer_id, device_id, granted_at from device_grant g where granted_at < ?
          and exists (select from device_grant n
            where n.payer_id = g.payer_id and n.device_id = g.device_id and n.granted_at > g.granted_at)
        order by granted_at limit ? for update skip locked)
      """;

  private static final String DECISIONS =
      """
      delete from decision where payment_id in (
        select payment_id from decision where decided_at < ?
        order by decided_at limit ? for update skip locked)
      """;

  private final Database database;
  private final RiskConfig.Retention config;
  private final RuleBooks ruleBooks;
  private final Clock clock;

  @Inject
  Retention(Database database, RiskConfig config, RuleBooks ruleBooks, Clock clock) {
    this.database = database;
    this.config = config.retention();
    this.ruleBooks = ruleBooks;
    this.clock = clock;
  }

  /// @throws IllegalArgumentException when rules would look back on what was deleted
  void check() {
    Reach reach = ruleBooks.current().ruleBook().reach();
    Duration longest =
        reach.window().compareTo(reach.lookback()) >= 0 ? reach.window() : reach.lookback();
    requireAtLeast("history", config.history(), longest);
    requireAtLeast("decisions", config.decisions(), config.history());
    if (config.batch() < 1 || config.batch() > 100_000) {
      throw new IllegalArgumentException(
          "tallystick.risk.retention.batch must be from 1 to 100000, is " + config.batch());
    }
  }

  /// Deletes what is old.
  ///
  /// @return rows deleted, by table
  public Map<String, Integer> run() {
    Map<String, Integer> deleted = new LinkedHashMap<>();
    deleted.put("observation", delete(OBSERVATIONS, config.history()));
    deleted.put("payment_standing", delete(STANDINGS, config.history()));
    deleted.put("confirmation", delete(CONFIRMATIONS, config.history()));
    deleted.put("device_grant", delete(GRANTS, config.history()));
    deleted.put("decision", delete(DECISIONS, config.decisions()));
    return deleted;
  }

  private int delete(String sql, Duration keep) {
    OffsetDateTime before = clock.instant().minus(keep).atOffset(ZoneOffset.UTC);
    int batch = config.batch();
    int all = 0;
    int deleted = batch;
    for (int i = 0; i < MOST_BATCHES && deleted == batch; i++) {
      deleted = database.inTransaction(handle -> handle.execute(sql, before, batch));
      all += deleted;
    }
    return all;
  }

  private static void requireAtLeast(String name, Duration value, Duration least) {
    if (value.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "tallystick.risk.retention.%s must be at least %s, is %s".formatted(name, least, value));
    }
  }
}
