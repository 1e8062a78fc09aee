package io.tallystick.kit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "risk"))
class PipelineIT {
  private static final String INSERT = "insert into piece (name, at) values (:name, :at)";
  private static final String NAMES = "select name from piece order by name";

  @Inject Database database;

  @BeforeEach
  void table() {
    database.useTransaction(handle -> {
      handle.execute("create table if not exists piece (name text primary key, at bigint)");
      handle.execute("truncate piece");
    });
  }

  @Test
  void eachStatementSeesWhatThoseBeforeItWrote() {
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    database.useTransaction(handle -> {
      Pipeline pipeline = Pipeline.on(handle);
      pipeline.query(handle.createQuery(NAMES), (row, _) -> row.getString(1), before::addAll);
      pipeline.update(handle.createUpdate(INSERT).bind("name", "one").bind("at", 1));
      pipeline.query(handle.createQuery(NAMES), (row, _) -> row.getString(1), after::addAll);
      pipeline.send();
    });
    assertThat(before).isEmpty();
    assertThat(after).containsExactly("one");
  }

  /// Often enough that the driver prepares the statements on the server.
  @Test
  void bindsNamedRepeatedPositionalAndArrayParameters() {
    for (int round = 1; round <= 12; round++) {
      String prefix = "round-" + round + "-";
      AtomicInteger written = new AtomicInteger();
      List<Long> found = new ArrayList<>();
      int at = round;
      database.useTransaction(handle -> {
        Pipeline pipeline = Pipeline.on(handle);
        pipeline.update(
            handle
                .createUpdate("insert into piece select name, :at from unnest(:names) as x(name)")
                .bind("at", at)
                .bindArray("names", String.class, List.of(prefix + "a", prefix + "b")),
            written::set);
        pipeline.update(
            handle
                .createUpdate("update piece set at = ? where name = ?")
                .bind(0, at + 100L)
                .bind(1, prefix + "a"));
        pipeline.query(
            handle
                .createQuery(
                    "select at from piece where name like :p || '%' and :p::text <> '' order by at")
                .bind("p", prefix),
            (row, _) -> row.getLong(1),
            found::addAll);
        pipeline.send();
      });
      assertThat(written).hasValue(2);
      assertThat(found).containsExactly((long) at, at + 100L);
    }
  }

  @Test
  void failsWholeWithoutNamingWhatWasBound() {
    String secret = UUID.randomUUID().toString();
    assertThatThrownBy(() ->
            database.useTransaction(handle -> {
              Pipeline pipeline = Pipeline.on(handle);
              pipeline.update(handle.createUpdate(INSERT).bind("name", secret).bind("at", 1));
              pipeline.update(handle.createUpdate(INSERT).bind("name", secret).bind("at", 2));
              pipeline.update(handle.createUpdate(INSERT).bind("name", "late").bind("at", 3));
              pipeline.send();
            }))
        .isInstanceOf(UnableToExecuteStatementException.class)
        .message()
        .doesNotContain(secret);
    assertThat(names()).isEmpty();
  }

  @Test
  void isRunAgainWhenPostgresRolledBack() {
    AtomicInteger runs = new AtomicInteger();
    database.useTransaction(handle -> {
      Pipeline pipeline = Pipeline.on(handle);
      pipeline.update(handle.createUpdate(INSERT).bind("name", "again").bind("at", 1));
      if (runs.incrementAndGet() < 3) {
        pipeline.update(
            handle.createUpdate("do $$ begin raise exception using errcode = '40001'; end $$"));
      }
      pipeline.send();
    });
    assertThat(runs).hasValue(3);
    assertThat(names()).containsExactly("again");
  }

  /// Requests and answers both larger than any socket's buffer.
  @Test
  void largeRequestsWithLargeAnswersDoNotBlock() {
    String large = "x".repeat(2_000_000);
    List<String> answers = new ArrayList<>();
    database.useTransaction(handle -> {
      Pipeline pipeline = Pipeline.on(handle);
      for (int i = 0; i < 6; i++) {
        pipeline.query(
            handle
                .createQuery("select :large || n::text from generate_series(1, 4) n")
                .bind("large", large),
            (row, _) -> row.getString(1),
            answers::addAll);
        pipeline.weigh(large.length());
      }
      pipeline.send();
    });
    assertThat(answers).hasSize(24).allMatch(answer -> answer.length() == 2_000_001);
  }

  @Test
  void refusesAParameterThatIsNotBound() {
    assertThatThrownBy(() ->
            database.useTransaction(handle -> {
              Pipeline pipeline = Pipeline.on(handle);
              pipeline.update(handle.createUpdate(INSERT).bind("name", "half"));
              pipeline.send();
            }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at");
    assertThat(names()).isEmpty();
  }

  private List<String> names() {
    return database.read((Handle handle) -> handle.createQuery(NAMES).mapTo(String.class).list());
  }
}
