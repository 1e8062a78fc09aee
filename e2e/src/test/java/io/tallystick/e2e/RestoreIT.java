package io.tallystick.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.tallystick.api.clearing.v1.CheckLedgerRequest;
import io.tallystick.api.clearing.v1.CheckLedgerResponse;
import io.tallystick.api.clearing.v1.LedgerAdminServiceGrpc;
import io.tallystick.sandbox.base.Stores;
import io.tallystick.sandbox.platform.GrpcChannels;
import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.platform.PlatformOptions;
import io.tallystick.sandbox.soak.Soak;
import io.tallystick.sandbox.soak.check.AtRest;
import io.tallystick.sandbox.soak.check.Claims;
import io.tallystick.sandbox.soak.check.SoakChecker;
import io.tallystick.sandbox.soak.check.Sql;
import io.tallystick.sandbox.soak.plan.SoakPlan;
import io.tallystick.sandbox.soak.told.Line;
import io.tallystick.sandbox.soak.told.ToldJournal;
import io.tallystick.sandbox.soak.work.Workload;
import io.tallystick.sandbox.story.Stage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The rehearsal of `docs/operations/backup.md`: PostgreSQL is copied while payments go on, and
/// lost; Redis is lost each time. The platform comes up from the copy and the archive, and the
/// streams are written again from the outboxes.
@Tag("own-platform")
class RestoreIT {
  private static final long SEED = 20_261;
  private static final Duration LENGTH = Duration.ofSeconds(20);
  private static final Path FOLDER =
      Path.of("target", "restore-" + ProcessHandle.current().pid()).toAbsolutePath();
  private static final Path JOURNAL = FOLDER.resolve("told.jsonl");
  private static final String POINT = "in_the_middle";

  private static BaseBackup backup;
  private static long pointMillis;
  private static Path data;
  private static List<String> books;

  @BeforeAll
  static void payAndCopy() throws Exception {
    Path archive = FOLDER.resolve("archive");
    try (Stores stores = Stores.open(FOLDER);
        Connection connection = look(stores)) {
      BaseBackup.archive(connection, archive);
      data = Path.of(text(connection, "show data_directory"));
    }
    SoakPlan plan = SoakPlan.draw(SEED, LENGTH);
    try (Platform platform = start();
        Connection connection = look(platform.stores());
        ToldJournal journal = ToldJournal.create(JOURNAL)) {
      Stage stage = Stage.on(platform.description(), FOLDER.resolve("devices"));
      try (Workload workload = Workload.gather(plan, stage, journal)) {
        Thread load =
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    workload.run();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        workload.awaitSteps(plan.steps().size() / 4);
        backup = BaseBackup.take(connection, FOLDER.resolve("copy"), archive);
        workload.awaitSteps(plan.steps().size() / 2);
        pointMillis = System.currentTimeMillis();
        BaseBackup.name(connection, POINT);
        load.join();
        workload.finish();
        assertThat(AtRest.await(new Sql(connection))).isEmpty();
        workload.readOut();
        assertThat(workload.surprises()).isEmpty();
      }
      books = books(connection);
      BaseBackup.archiveAll(connection);
    }
  }

  @Test
  @Tag("long")
  void fromTheWholeArchiveNothingIsMissing() throws Exception {
    backup.restore(data, Optional.empty());
    try (Platform platform = start();
        Connection connection = look(platform.stores())) {
      assertThat(AtRest.await(new Sql(connection))).isEmpty();

      assertThat(SoakChecker.check(new Claims(told()), connection).byCheck()).isEmpty();
      assertThat(books(connection)).isEqualTo(books);
      assertThat(ledger(platform).getSound()).isTrue();
    }
  }

  /// What was under way at that point goes on from there: events that nobody had acted on are
  /// published to a Redis that has never seen them.
  @Test
  void atAPointInTimeAllThatWasAnsweredBeforeIsThereAndTheRestComesToAnEnd() throws Exception {
    backup.restore(data, Optional.of(POINT));
    try (Stores stores = Stores.open(FOLDER);
        Connection connection = look(stores)) {
      assertThat(waiting(connection)).as("events under way").isPositive();
    }

    try (Platform platform = start();
        Connection connection = look(platform.stores())) {
      assertThat(AtRest.await(new Sql(connection))).isEmpty();

      Set<String> paid = paidOrders(connection);
      Set<String> before = toldPaid(line -> line.atMillis() < pointMillis);
      Set<String> ever = toldPaid(line -> true);
      assertThat(before).hasSizeGreaterThan(50).isSubsetOf(paid);
      assertThat(ever.stream().filter(order -> !paid.contains(order)))
          .as("paid after that point")
          .isNotEmpty();
      assertThat(deadLetters(connection)).isZero();
      assertThat(ledger(platform).getSound()).isTrue();
    }
  }

  private static Platform start() throws InterruptedException {
    Path checkout = Path.of("..").toAbsolutePath().normalize();
    return Platform.start(
        new PlatformOptions(
            checkout,
            FOLDER,
            Soak.SETTINGS,
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")),
        System.out::println);
  }

  private static CheckLedgerResponse ledger(Platform platform) throws Exception {
    ManagedChannel channel =
        GrpcChannels.operator(
            platform.description(), platform.description().grpc().clearingService());
    try {
      return LedgerAdminServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(60, TimeUnit.SECONDS)
          .checkLedger(CheckLedgerRequest.getDefaultInstance());
    } finally {
      GrpcChannels.close(channel);
    }
  }

  private static List<Line> told() throws Exception {
    return ToldJournal.read(JOURNAL);
  }

  /// Orders that a till was told are paid, and that nobody took or gave back.
  private static Set<String> toldPaid(Predicate<Line> which) throws Exception {
    Set<String> orders = new HashSet<>();
    for (Line line : told()) {
      if (line.what() == Line.What.PAY
          && line.phase() == Line.Phase.TOLD
          && line.fact("outcome").equals("paid")
          && which.test(line)) {
        orders.add(line.subject());
      }
    }
    return orders;
  }

  /// Orders whose money has moved, wherever it is now.
  private static Set<String> paidOrders(Connection connection) throws SQLException {
    return texts(
            connection,
            "select p.merchant_id || '/' || p.order_id from clearing.payment p"
                + " where p.order_id is not null and p.cleared_at is not null")
        .stream()
        .collect(Collectors.toSet());
  }

  private static long waiting(Connection connection) throws SQLException {
    return events(connection, "outbox where status <> 'delivered'");
  }

  private static long deadLetters(Connection connection) throws SQLException {
    return events(connection, "dead_letter");
  }

  private static long events(Connection connection, String table) throws SQLException {
    long sum = 0;
    for (String schema : Stores.SERVICES) {
      sum +=
          Long.parseLong(text(connection, "select count(*) from %s.%s".formatted(schema, table)));
    }
    return sum;
  }

  /// Every balance, and how much was ever written.
  private static List<String> books(Connection connection) throws SQLException {
    List<String> books =
        new ArrayList<>(
            texts(
                connection,
                "select account_id || ' ' || posted_minor || ' ' || held_minor"
                    + " from clearing.account order by account_id"));
    books.addAll(
        texts(
            connection,
            "select count(*) || ' entries' from clearing.entry"
                + " union all select count(*) || ' changes' from clearing.payment_change"));
    return books;
  }

  private static Connection look(Stores stores) throws SQLException {
    Stores.Login login = stores.administrator();
    return DriverManager.getConnection(stores.jdbcUrl(), login.username(), login.password());
  }

  private static String text(Connection connection, String query) throws SQLException {
    return texts(connection, query).getFirst();
  }

  private static List<String> texts(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
