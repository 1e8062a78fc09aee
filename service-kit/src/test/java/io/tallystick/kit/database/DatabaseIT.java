package io.tallystick.kit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.error.ErrorCode;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "risk"))
class DatabaseIT {
  @Inject Database database;
  @Inject AgroalDataSource pool;

  private final AtomicInteger runs = new AtomicInteger();

  @BeforeEach
  void table() {
    database.useTransaction(handle -> {
      handle.execute("create table if not exists thing (name text primary key)");
      handle.execute("truncate thing");
    });
  }

  @Test
  void runsAgainWhatPostgresRolledBack() {
    for (String state : List.of("40001", "40P01")) {
      runs.set(0);
      database.useTransaction(handle -> {
        insert(handle, state);
        if (runs.incrementAndGet() < 3) {
          handle.execute("do $$ begin raise exception using errcode = '" + state + "'; end $$");
        }
      });
      assertThat(runs).hasValue(3);
      assertThat(count(state)).isEqualTo(1);
    }
  }

  /// What the version before meets when the next one's migration has run: the driver prepares what
  /// is run often, and PostgreSQL refuses a prepared statement that would return another row.
  @Test
  void runsAgainWhatAMigrationGaveAColumn() throws Exception {
    int often = 10;
    database.useTransaction(handle -> handle.execute("create table growing (name text)"));
    try (AgroalDataSource small = poolOfOne(Duration.ofSeconds(30))) {
      Database before = new Database(small);
      for (int i = 0; i < often; i++) {
        assertThat(everyGrowing(before)).isZero();
      }
      database.useTransaction(handle -> handle.execute("alter table growing add column more text"));
      assertThat(everyGrowing(before)).isZero();
      assertThat(everyGrowing(before)).isZero();
    }
    assertThat(runs).as("one of the last two runs twice").hasValue(often + 3);
  }

  private int everyGrowing(Database database) {
    return database.read(handle -> {
      runs.incrementAndGet();
      return handle.createQuery("select * from growing").mapToMap().list().size();
    });
  }

  @Test
  void endsRunningAgainAtALimit() {
    assertThatThrownBy(() ->
            database.useTransaction(handle -> {
              runs.incrementAndGet();
              handle.execute("do $$ begin raise exception using errcode = '40001'; end $$");
            }))
        .isInstanceOf(JdbiException.class);
    assertThat(runs).hasValue(Database.ATTEMPTS);
  }

  @Test
  void saysThatItIsAwayWhenEveryConnectionIsTaken() throws Exception {
    try (AgroalDataSource small = poolOfOne(Duration.ofMillis(100));
        Connection taken = small.getConnection()) {
      assertThatThrownBy(() -> new Database(small).read(handle -> runs.incrementAndGet()))
          .satisfies(failure ->
              assertThat(ApiErrors.from(failure).code()).isEqualTo(ErrorCode.UNAVAILABLE));
      assertThat(runs).hasValue(0);
      assertThat(taken.isClosed()).isFalse();
    }
  }

  /// To the same database.
  private AgroalDataSource poolOfOne(Duration acquisitionTimeout) throws SQLException {
    AgroalConnectionFactoryConfiguration same =
        pool.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(one ->
                one.maxSize(1)
                    .acquisitionTimeout(acquisitionTimeout)
                    .connectionFactoryConfiguration(factory -> {
                      same.credentials().forEach(factory::credential);
                      return factory.jdbcUrl(same.jdbcUrl()).principal(same.principal());
                    })));
  }

  @Test
  void runsAgainWhenTheConnectionIsLostBeforeCommit() {
    database.useTransaction(handle -> {
      insert(handle, "lost-before");
      if (runs.incrementAndGet() == 1) {
        endConnection(handle);
      }
    });
    assertThat(runs).hasValue(2);
    assertThat(count("lost-before")).isEqualTo(1);
  }

  @Test
  void neverRunsAgainWhenTheConnectionIsLostDuringCommit() {
    database.useTransaction(handle ->
        handle.execute(
            """
            create or replace function end_me() returns trigger language plpgsql as $$
            begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
            create constraint trigger dies_at_commit after insert on thing
            deferrable initially deferred for each row
            when (new.name = 'dies') execute function end_me();
            """));
    assertThatThrownBy(() ->
            database.useTransaction(handle -> {
              runs.incrementAndGet();
              insert(handle, "dies");
            }))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
              assertThat(e.reason()).isEqualTo("COMMIT_UNKNOWN");
            });
    assertThat(runs).hasValue(1);
    database.useTransaction(handle -> handle.execute("drop trigger dies_at_commit on thing"));
  }

  @Test
  void neverRunsAgainWhenTheConnectionIsLostAfterCommit() {
    Database losing = new Database(Jdbi.create(new LosingConnections()));
    assertThatThrownBy(() ->
            losing.useTransaction(handle -> {
              insert(handle, "lost-after-" + runs.incrementAndGet());
            }))
        .satisfies(
            failure -> assertThat(ApiErrors.from(failure).reason()).isEqualTo("COMMIT_UNKNOWN"));
    assertThat(runs).hasValue(1);
    assertThat(count("lost-after-1")).isEqualTo(1);
  }

  /// Whose connections break when they are given back.
  private final class LosingConnections implements ConnectionFactory {
    @Override
    public Connection openConnection() throws SQLException {
      return pool.getConnection();
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
      connection.close();
      throw new SQLException("the connection was lost", "08006");
    }
  }

  @Test
  void doesNotRunAgainWhatWillFailAgain() {
    database.useTransaction(handle -> insert(handle, "there"));
    assertThatThrownBy(() ->
            database.useTransaction(handle -> {
              runs.incrementAndGet();
              insert(handle, "there");
            }))
        .isInstanceOf(JdbiException.class);
    assertThat(runs).hasValue(1);
  }

  @Test
  void valuesDoNotAppearInExceptions() {
    database.useTransaction(handle -> insert(handle, "seed-4711"));
    assertThatThrownBy(() -> database.useTransaction(handle -> insert(handle, "seed-4711")))
        .satisfies(e -> assertThat(allMessages(e)).doesNotContain("4711"));
  }

  @Test
  void aTextThatCannotBeKeptIsTheCallersFault() {
    assertThatThrownBy(() -> database.useTransaction(handle -> insert(handle, "nul \0")))
        .satisfies(failure ->
            assertThat(ApiErrors.from(failure).code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void rollsBackWhatThrows() {
    assertThatThrownBy(() ->
            database.useTransaction(handle -> {
              insert(handle, "gone");
              throw new IllegalStateException("no");
            }))
        .hasMessage("no");
    assertThat(count("gone")).isZero();
  }

  @Test
  void transactionsDoNotNest() {
    assertThatThrownBy(() -> database.inTransaction(handle -> count("x")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nest");
  }

  @Test
  void readsCannotWrite() {
    assertThatThrownBy(() -> database.read(handle -> handle.execute("delete from thing")))
        .isInstanceOf(JdbiException.class);
  }

  @Test
  void bindsArraysForUnnest() {
    OffsetDateTime now = OffsetDateTime.parse("2026-03-01T10:15:30.123456Z");
    OffsetDateTime back =
        database.read(handle ->
            handle
                .createQuery("select t from unnest(?::timestamptz[], ?::bytea[]) as x (t, b)")
                .bind(0, new OffsetDateTime[] {now})
                .bind(1, new byte[][] {{1, 2, 3}})
                .mapTo(OffsetDateTime.class)
                .one());
    assertThat(back.toInstant()).isEqualTo(now.toInstant());
  }

  private static void insert(Handle handle, String name) {
    handle.execute("insert into thing (name) values (?)", name);
  }

  private static void endConnection(Handle handle) {
    handle.execute("select pg_terminate_backend(pg_backend_pid())");
  }

  private long count(String name) {
    return database.read(handle ->
        handle
            .createQuery("select count(*) from thing where name = ?")
            .bind(0, name)
            .mapTo(Long.class)
            .one());
  }

  private static String allMessages(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      text.append(cause).append('\n');
    }
    return text.toString();
  }
}
