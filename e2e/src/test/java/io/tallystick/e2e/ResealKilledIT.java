package io.tallystick.e2e;

import static io.tallystick.e2e.AdministratorSql.count;
import static io.tallystick.e2e.Commands.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.platform.ServiceName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// seed-service is killed (-9) while it seals everything anew, in the middle of a transaction.
class ResealKilledIT {
  private static final Path FOLDER = RunningPlatform.folder("reseal-killed");
  private static final int WALLETS = 4;
  private static final String UNDER_OTHER_KEYS =
      """
      select (select count(*) from seed.seed where sealed is not null and key_version <> %1$d)
        + (select count(*) from seed.issuer_key where key_version <> %1$d)
        + (select count(*) from seed.kept_pepper where key_version <> %1$d)
      """;
  private static final String WAITS_FOR_THE_LOCK =
      """
      select count(*) from pg_locks where not granted and relation = 'seed.kept_pepper'::regclass
      """;

  private final Platform platform = RunningPlatform.get();
  private final SealingKeys keys = new SealingKeys("seed");

  @Test
  void goesOnAfterItsRestartAndEverySeedPays() throws Exception {
    Files.createDirectories(FOLDER);
    List<String> wallets = new ArrayList<>();
    for (int i = 0; i < WALLETS; i++) {
      wallets.add(Payers.enrolled(FOLDER, "sealed" + i, "secret", "739164"));
    }
    String till = FOLDER.resolve("till.terminal").toString();
    ok("terminal", "setup", "--terminal", till, "--merchant", "SEALED", "--id", "S1");
    int old = keys.current();
    int fresh = keys.rotate();

    killInTheMiddle("sealed0", fresh);
    platform.startAgain(ServiceName.SEED);
    platform.awaitReady();

    Eventually.holds("the job goes on to its end", () -> job().has("finishedAt"));
    assertThat(job().get("version").getAsInt()).isEqualTo(fresh);
    assertThat(job().get("broken").getAsLong()).isZero();
    assertThat(count(UNDER_OTHER_KEYS.formatted(fresh))).isZero();
    keys.remove(old);
    Eventually.holds("nothing needs the old key", () -> !keys.has("versions", old));
    for (String wallet : wallets) {
      String[] code = {"wallet", "code", "--offline", "--refresh", "--digits-only"};
      String digits = ok(Commands.join(code, "--wallet", wallet)).strip();
      ok("terminal", "pay", "--terminal", till, "--code", digits, "--amount", "2.00");
    }
  }

  /// One seed is locked, so that the job must come back to it; the peppers are locked, so that the
  /// job stands still in the middle of a transaction, with seeds behind it.
  private void killInTheMiddle(String payer, int fresh) throws Exception {
    try (Connection connection = AdministratorSql.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "select 1 from seed.seed where payer_id = '%s' and sealed is not null for update"
              .formatted(payer));
      statement.execute("lock table seed.kept_pepper in exclusive mode");
      ok("keys", "reseal", "--service", "seed");
      Eventually.holds("the job stands still", () -> count(WAITS_FOR_THE_LOCK) > 0);
      platform.kill(ServiceName.SEED);
      connection.rollback();
    }
    assertThat(count("select count(*) from seed.seed where key_version = " + fresh)).isPositive();
    assertThat(count(UNDER_OTHER_KEYS.formatted(fresh))).isPositive();
    assertThat(count("select count(*) from seed.reseal_job where finished_at is null")).isOne();
  }

  private JsonObject job() {
    return keys.status().getAsJsonObject("job");
  }
}
