package io.tallystick.kit.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.kit.Eventually;
import io.tallystick.kit.database.Database;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What somebody with the database owner's rights does to a log, and what the check says of it.
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "risk"))
class AuditChainIT {
  private static final List<String> CHAIN = List.of("audit_segment", "audit_head");

  @Inject Database database;
  @Inject AuditSealer sealer;
  @Inject AuditVerifier verifier;

  @BeforeEach
  void begin() {
    tamper("drop table if exists diary", "truncate audit_segment, audit_head, audit_chain");
    database.useTransaction(handle -> {
      handle.execute(
          """
          create table diary (author text, at timestamptz not null, text text,
            written_xid xid8 not null default pg_current_xact_id(),
            written_id bigint generated always as identity)
          """);
      handle.execute("create unique index on diary (written_xid, written_id)");
    });
    for (int segment = 0; segment < 3; segment++) {
      write("first", "second", "third");
      seal();
    }
    assertThat(check()).returns(true, AuditReport::sound).returns(9L, AuditReport::sealedRows);
  }

  static List<Arguments> tamperings() {
    return List.of(
        arguments("update diary set text = 'other' where written_id = 5", "row-altered", 2, 5L),
        arguments("update diary set text = null where written_id = 5", "row-altered", 2, 5L),
        arguments(
            "update diary set at = at + interval '1 microsecond' where written_id = 1",
            "row-altered",
            1,
            1L),
        arguments("delete from diary where written_id = 6", "row-deleted", 2, 6L),
        arguments("delete from diary where written_id >= 7", "row-deleted", 3, 7L),
        arguments(
            "insert into diary (author, at, text, written_xid)"
                + " select 'eve', now(), 'x', written_xid from diary where written_id = 4",
            "row-inserted",
            3,
            10L),
        arguments("delete from audit_segment where sequence = 2", "segment-missing", 2, null),
        arguments("delete from audit_segment where sequence = 3", "truncated", 3, null),
        arguments(
            "update audit_segment set row_ids = array[4, 6, 5] where sequence = 2",
            "segment-altered",
            2,
            null));
  }

  @ParameterizedTest
  @MethodSource("tamperings")
  void namesTheFirstBrokenRow(String sql, String kind, long sequence, Long rowId) {
    tamper(sql);
    AuditReport report = check();
    assertThat(report.sound()).isFalse();
    assertThat(report.broken())
        .returns(kind, AuditReport.Broken::kind)
        .returns(sequence, AuditReport.Broken::sequence)
        .returns(rowId, AuditReport.Broken::rowId);
  }

  @Test
  void seesRowsThatChangedPlaces() {
    tamper(
        "create temporary table swapped on commit drop as select * from diary where written_id in (4, 5)",
        "delete from diary where written_id in (4, 5)",
        "insert into diary (author, at, text, written_xid, written_id) overriding system value"
            + " select author, at, text, written_xid, 9 - written_id from swapped");
    AuditReport report = check();
    assertThat(report.broken()).returns("row-altered", AuditReport.Broken::kind);
    assertThat(report.broken().rowId()).isEqualTo(4L);
  }

  @Test
  void aKeptHeadShowsACutTailThatTheDatabaseHides() {
    AuditReport.Head kept = check().head();
    tamper(
        "delete from diary where written_id >= 7",
        "delete from audit_segment where sequence = 3",
        "delete from audit_head",
        "update audit_chain set sequence = 2, digest ="
            + " (select digest from audit_segment where sequence = 2)");
    assertThat(check().sound()).as("nothing in the database tells").isTrue();
    AuditReport report = verifier.verify("diary", Map.of(kept.sequence(), kept.digest()));
    assertThat(report.broken()).returns("truncated", AuditReport.Broken::kind);
  }

  @Test
  void aKeptHeadShowsAChainThatWasMadeAnew() {
    AuditReport.Head kept = check().head();
    tamper(
        "update diary set text = 'other' where written_id = 8",
        "truncate audit_segment, audit_head, audit_chain");
    for (int segment = 0; segment < 3; segment++) {
      seal();
    }
    assertThat(check().sound()).isTrue();
    AuditReport report = verifier.verify("diary", Map.of(kept.sequence(), kept.digest()));
    assertThat(report.sound()).isFalse();
  }

  @Test
  void aSignedHeadIsNotForgedByWhoHasTheDatabase() {
    assertThat(sealer.sign(DiaryLog.DIARY)).isPresent();
    assertThat(check().head().signedAt()).isNotNull();
    tamper("update audit_head set digest = decode(repeat('ab', 32), 'hex')");
    assertThat(check().broken()).returns("head-not-genuine", AuditReport.Broken::kind);
  }

  @Test
  void aSignedHeadHoldsTheTail() {
    assertThat(sealer.sign(DiaryLog.DIARY)).isPresent();
    tamper(
        "delete from diary where written_id >= 7",
        "delete from audit_segment where sequence = 3",
        "update audit_chain set sequence = 2");
    assertThat(check().broken()).returns("truncated", AuditReport.Broken::kind);
  }

  @Test
  void refusesChangesOfItsOwnTables() {
    for (String table : CHAIN) {
      assertThatThrownBy(
              () -> database.useTransaction(handle -> handle.execute("delete from " + table)))
          .hasMessageContaining("append-only");
    }
  }

  @Test
  void sealsWhatManyWriteAtTheSameTimeOnce() throws InterruptedException {
    List<Thread> writers =
        IntStream.range(0, 8)
            .mapToObj(writer ->
                Thread.ofVirtual()
                    .start(() -> {
                      for (int i = 0; i < 25; i++) {
                        write("of " + writer);
                        sealer.seal(DiaryLog.DIARY);
                      }
                    }))
            .toList();
    for (Thread writer : writers) {
      writer.join();
    }
    seal();
    assertThat(check()).returns(true, AuditReport::sound).returns(209L, AuditReport::sealedRows);
  }

  private void write(String... texts) {
    database.useTransaction(handle -> {
      for (String text : texts) {
        handle.execute("insert into diary (author, at, text) values ('ann', now(), ?)", text);
      }
    });
  }

  /// Seals until nothing is left: rows wait for transactions that began before theirs.
  private void seal() {
    Eventually.get(
        () -> {
          sealer.seal(DiaryLog.DIARY);
          return check().sealedRows() - count();
        },
        missing -> missing == 0);
  }

  private long count() {
    return database.read(
        handle -> handle.createQuery("select count(*) from diary").mapTo(Long.class).one());
  }

  private AuditReport check() {
    return verifier.verify("diary", Map.of());
  }

  /// As the owner of the tables, who can switch triggers off.
  private void tamper(String... statements) {
    database.useTransaction(handle -> {
      CHAIN.forEach(table -> handle.execute("alter table " + table + " disable trigger user"));
      for (String statement : statements) {
        handle.execute(statement);
      }
      CHAIN.forEach(table -> handle.execute("alter table " + table + " enable trigger user"));
    });
  }
}
