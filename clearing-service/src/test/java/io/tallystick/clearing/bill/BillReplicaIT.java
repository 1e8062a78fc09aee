package io.tallystick.clearing.bill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.micrometer.core.instrument.Metrics;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.clearing.Pays;
import io.tallystick.clearing.bank.postgres.PostgresAccounts;
import io.tallystick.clearing.bill.postgres.PostgresBills;
import io.tallystick.clearing.bill.postgres.PostgresStatements;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.rest.PageRequest;
import io.tallystick.sandbox.base.Stores;
import io.tallystick.sandbox.base.StreamingReplica;
import io.tallystick.sandbox.base.TallystickTestResource;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Bills on a real streaming replica: one that follows, one that lags, one of another history,
/// none.
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "clearing"))
@TestMethodOrder(OrderAnnotation.class)
class BillReplicaIT {
  private static final Executor THREADS = task -> Thread.ofVirtual().start(task);
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir static Path folder;
  private static StreamingReplica replica;

  TestPlatform platform;
  @Inject Database database;
  @Inject PostgresBills bills;
  @Inject PostgresStatements statements;
  @Inject PostgresAccounts accounts;
  private BillReads reads;

  @AfterEach
  void closeReads() {
    if (reads != null) {
      reads.close();
    }
  }

  @AfterAll
  static void closeReplica() {
    if (replica != null) {
      replica.close();
    }
  }

  @Test
  @Order(1)
  void showsWhatWasPaidAMomentBeforeAndWaitsForIt() throws Exception {
    BillService service = service(LONG, HOUR);
    String payer = Pays.payerWith(10_000);
    double before = reads("replica");
    for (int i = 1; i <= 10; i++) {
      String paid = Pays.pay(Pays.request(payer, "m1", i)).getPaymentId();
      assertThat(newest(service, payer)).isEqualTo(paid);
    }
    pause();
    String paid = Pays.pay(Pays.request(payer, "m1", 99)).getPaymentId();
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(() -> newest(service, payer), THREADS);
    awaitOneThatLooksAgain();
    assertThat(read).isNotDone();
    resume();

    assertThat(read.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(paid);
    assertThat(service.bill(payer, paid).history()).hasSize(1);
    assertThat(service.payments("m1", filter(), page()).items()).isNotEmpty();
    assertThat(service.statements("m1", Optional.empty(), page()).items()).isEmpty();
    assertThatThrownBy(() -> service.bill("somebody else", paid)).isInstanceOf(ApiException.class);
    assertThat(reads("replica") - before).isEqualTo(15);
  }

  @Test
  @Order(2)
  void asksThePrimaryWhileTheReplicaLags() throws Exception {
    BillService resting = service(SHORT, HOUR);
    String payer = Pays.payerWith(10_000);
    double lagging = fallbacks("lagging");
    double rested = fallbacks("resting");
    pause();
    try {
      String first = Pays.pay(Pays.request(payer, "m1", 1)).getPaymentId();
      assertThat(newest(resting, payer)).isEqualTo(first);
      String second = Pays.pay(Pays.request(payer, "m1", 2)).getPaymentId();
      assertThat(newest(resting, payer)).isEqualTo(second);
    } finally {
      resume();
    }
    assertThat(fallbacks("lagging") - lagging).isEqualTo(1);
    assertThat(fallbacks("resting") - rested).isEqualTo(1);
  }

  @Test
  @Order(3)
  void asksAReplicaThatHasCaughtUpAgain() throws Exception {
    BillService service = service(SHORT, Duration.ZERO);
    String payer = Pays.payerWith(10_000);
    double lagging = fallbacks("lagging");
    pause();
    try {
      String paid = Pays.pay(Pays.request(payer, "m1", 1)).getPaymentId();
      assertThat(newest(service, payer)).isEqualTo(paid);
    } finally {
      resume();
    }
    reads.close();
    BillService patient = service(LONG, Duration.ZERO);
    double before = reads("replica");
    newest(patient, payer);

    assertThat(fallbacks("lagging") - lagging).isEqualTo(1);
    assertThat(reads("replica") - before).isEqualTo(1);
  }

  /// As after a failover: what it has is further than the primary or not, and means nothing.
  @Test
  @Order(4)
  void asksThePrimaryWhenTheReplicaHasAHistoryOfItsOwn() throws Exception {
    BillService service = service(LONG, Duration.ZERO);
    String payer = Pays.payerWith(10_000);
    double before = fallbacks("other-history");
    try (Connection connection = administrator();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_promote()");
    }
    String paid = Pays.pay(Pays.request(payer, "m1", 1)).getPaymentId();

    assertThat(newest(service, payer)).isEqualTo(paid);
    assertThat(fallbacks("other-history") - before).isEqualTo(1);
  }

  @Test
  @Order(5)
  void asksThePrimaryWhenTheReplicaIsGone() throws Exception {
    BillService service = service(LONG, HOUR);
    String payer = Pays.payerWith(10_000);
    double unreachable = fallbacks("unreachable");
    double primary = reads("primary");
    replica.close();
    String paid = Pays.pay(Pays.request(payer, "m1", 1)).getPaymentId();

    assertThat(newest(service, payer)).isEqualTo(paid);
    assertThat(newest(service, payer)).isEqualTo(paid);
    assertThat(fallbacks("unreachable") - unreachable).isEqualTo(1);
    assertThat(reads("primary") - primary).isEqualTo(2);
  }

  private BillService service(Duration wait, Duration rest) {
    Stores stores = platform.stores();
    if (replica == null) {
      Optional<StreamingReplica> started = stores.replica(folder);
      assumeThat(started).as("a replica of a server that was given").isPresent();
      replica = started.get();
    }
    String url = replica.jdbcUrl(databaseName());
    Stores.Login login = stores.login("clearing");
    reads =
        new BillReads(
            database,
            new Config(Optional.of(url), 2, wait, rest),
            login.username(),
            login.password());
    return new BillService(database, reads, bills, statements, accounts);
  }

  private String databaseName() {
    return platform.stores().jdbcUrl().replaceFirst(".*/([^/?]+).*", "$1");
  }

  private static String newest(BillService service, String payer) {
    return service.bills(payer, filter(), page()).items().getFirst().paymentId();
  }

  private static BillFilter filter() {
    return BillFilter.of(null, null, null, null);
  }

  private static PageRequest page() {
    return PageRequest.of(null, null);
  }

  private void pause() throws SQLException {
    try (Connection connection = administrator();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_wal_replay_pause()");
      becomes(statement, "select pg_get_wal_replay_pause_state() = 'paused'");
    }
  }

  private void resume() throws SQLException {
    try (Connection connection = administrator();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_wal_replay_resume()");
    }
  }

  /// Returns when a read has asked the paused replica where it stands, in two transactions at
  /// least. Were they one, replay would wait for it at the next row that is removed, as it waits
  /// for replay.
  private void awaitOneThatLooksAgain() throws SQLException {
    String looking =
        """
        select count(*) > 0 from pg_stat_activity
        where application_name = 'tallystick-clearing-bills' and xact_start > '%s'
          and query like '%%pg_last_wal_replay_lsn%%'
        """;
    try (Connection connection = administrator();
        Statement statement = connection.createStatement()) {
      becomes(statement, looking.formatted("-infinity"));
      becomes(statement, looking.formatted(now(statement)));
    }
  }

  private static String now(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      return row.getString(1);
    }
  }

  private Connection administrator() throws SQLException {
    Stores.Login login = platform.stores().administrator();
    return DriverManager.getConnection(
        replica.jdbcUrl("postgres"), login.username(), login.password());
  }

  private static void becomes(Statement statement, String condition) throws SQLException {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (true) {
      try (ResultSet row = statement.executeQuery(condition)) {
        row.next();
        if (row.getBoolean(1)) {
          return;
        }
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new AssertionError("not within " + LONG + ": " + condition);
      }
    }
  }

  private static double reads(String source) {
    return Metrics.counter("tallystick.clearing.bill.reads", "source", source).count();
  }

  private static double fallbacks(String cause) {
    return Metrics.counter("tallystick.clearing.bill.fallbacks", "cause", cause).count();
  }

  private record Config(
      Optional<String> replicaUrl,
      int replicaConnections,
      Duration replicaWait,
      Duration replicaRest)
      implements BillsConfig {}
}
