package io.tallystick.risk.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.kit.database.Database;
import io.tallystick.risk.Ids;
import io.tallystick.risk.RiskConfig;
import io.tallystick.risk.RiskPlatform;
import io.tallystick.risk.thresholds.RuleBooks;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RiskPlatform
class RetentionIT {
  @Inject Database database;
  @Inject RuleBooks ruleBooks;
  @Inject Clock clock;

  private final String payer = Ids.fresh("payer-");

  @Test
  void deletesWhatIsOldInBatchesAndKeepsTheRest() {
    database.useTransaction(handle -> {
      for (int i = 0; i < 7; i++) {
        handle.execute(OBSERVATION, "old" + i + payer, payer, "91 days");
        handle.execute(STANDING, "old" + i + payer, payer, "91 days");
        handle.execute(CONFIRMATION, payer, "old" + i, "91 days");
        handle.execute(DECISION, "old" + i + payer, payer, "731 days");
        handle.execute(GRANT, payer, (100 + i) + " days");
      }
      handle.execute(OBSERVATION, "new" + payer, payer, "89 days");
      handle.execute(STANDING, "new" + payer, payer, "89 days");
      handle.execute(CONFIRMATION, payer, "new", "89 days");
      handle.execute(DECISION, "new" + payer, payer, "729 days");
    });

    retention(Duration.ofDays(90), Duration.ofDays(730), 3).run();

    for (String table : List.of("observation", "payment_standing", "confirmation", "decision")) {
      assertThat(ids(table)).as(table).singleElement().asString().startsWith("new");
    }
    assertThat(count("device_grant")).as("the newest grant stays, however old").isEqualTo(1);
  }

  @Test
  void refusesToDeleteWhatRulesLookBackOn() {
    assertThatThrownBy(() -> retention(Duration.ofHours(23), Duration.ofDays(730), 3).check())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tallystick.risk.retention.history must be at least PT24H, is PT23H");
    assertThatThrownBy(() -> retention(Duration.ofDays(90), Duration.ofDays(89), 3).check())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tallystick.risk.retention.decisions must be at least");
    assertThatThrownBy(() -> retention(Duration.ofDays(90), Duration.ofDays(90), 0).check())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batch must be from 1");
    retention(Duration.ofHours(24), Duration.ofHours(24), 3).check();
  }

  private static final String OBSERVATION =
      """
      insert into observation (payment_id, payer_id, device_id, way, terminal_id, amount_minor, currency, paid_at, received_at)
      values (?, ?, '00000000000000a1', 'online_code', 'T1', 1, 'CNY', now(), now() - cast(? as interval))
      """;
  private static final String STANDING =
      """
      insert into payment_standing (payment_id, payer_id, revision, state, standing, moved_minor, currency, paid_at, changed_at)
      values (?, ?, 1, 'paid', 'moved', 1, 'CNY', now(), now() - cast(? as interval))
      """;
  private static final String CONFIRMATION =
      """
      insert into confirmation (payer_id, payment_id, rule, device_id, amount_minor, currency, triggers, confirmed_at)
      values (?, ?, 'clock', '00000000000000a1', 1, 'CNY', '{}', now() - cast(? as interval))
      """;
  private static final String DECISION =
      """
      insert into decision (payment_id, decision_id, payer_id, outcome, rules, thresholds_version, decided_at, observation, history, findings)
      values (?, gen_random_uuid(), ?, 'clear', '{}', 'v', now() - cast(? as interval), '{}', '{}', '[]')
      """;
  private static final String GRANT =
      """
      insert into device_grant (payer_id, device_id, granted_at, amount_minor, currency)
      values (?, '00000000000000a1', now() - cast(? as interval), 1, 'CNY')
      """;

  private List<String> ids(String table) {
    return database.read(handle ->
        handle
            .createQuery("select payment_id from " + table + " where payer_id = :payer")
            .bind("payer", payer)
            .mapTo(String.class)
            .list());
  }

  private int count(String table) {
    return database.read(handle ->
        handle
            .createQuery("select count(*) from " + table + " where payer_id = :payer")
            .bind("payer", payer)
            .mapTo(Integer.class)
            .one());
  }

  private Retention retention(Duration history, Duration decisions, int batch) {
    RiskConfig.Retention limits =
        new RiskConfig.Retention() {
          @Override
          public Duration history() {
            return history;
          }

          @Override
          public Duration decisions() {
            return decisions;
          }

          @Override
          public int batch() {
            return batch;
          }

          @Override
          public Duration every() {
            return Duration.ofMinutes(1);
          }
        };
    RiskConfig config =
        new RiskConfig() {
          @Override
          public Duration thresholdsReload() {
            return Duration.ofMinutes(1);
          }

          @Override
          public Optional<Path> thresholds() {
            return Optional.empty();
          }

          @Override
          public Assess assess() {
            throw new AssertionError("retention doesn't assess");
          }

          @Override
          public Retention retention() {
            return limits;
          }
        };
    return new io.tallystick.risk.retention.Retention(database, config, ruleBooks, clock);
  }
}
