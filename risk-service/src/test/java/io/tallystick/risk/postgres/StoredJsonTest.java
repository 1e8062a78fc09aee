package io.tallystick.risk.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.risk.Histories;
import io.tallystick.risk.Sample;
import io.tallystick.risk.history.Caution;
import io.tallystick.risk.history.DoubleSpend;
import io.tallystick.risk.history.History;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.rule.Finding;
import io.tallystick.risk.rule.RuleName;
import io.tallystick.risk.thresholds.ThresholdsFile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredJsonTest {
  private static final Observation FULL =
      Sample.tap(9)
          .late()
          .missing(7)
          .receivedAfter(Duration.ofDays(3))
          .fingerprint(42, 5)
          .clock(Sample.NOON.minusSeconds(90), 60, Sample.NOON)
          .observe();

  private static final History HISTORY =
      Histories.of()
          .nearby(Sample.tap(1).at(-3).known("a"), Sample.code().at(-2).known("b"))
          .before(Sample.tap(1).place(Sample.SHANGHAI).at(-3).known("a"))
          .after(Sample.tap(1).at(3).known("c"))
          .paid(100, 200)
          .enrolledAt(Sample.NOON.minusSeconds(7))
          .granted(Sample.NOON, 50_000)
          .previous(Sample.tap(8).knownTap())
          .next(Sample.tap(10).left(-5).knownTap())
          .spentTwice(
              new DoubleSpend(TokenSerial.of(Sample.DEVICE, Counter.of(2)), "ev", Sample.NOON))
          .confirmed(RuleName.SPEED, FULL, Sample.NOON, "a", "b")
          .caution(new Caution("p", Sample.NOON, Sample.NOON))
          .make();

  @Test
  void readsBackWhatItWrote() {
    List<Finding> findings = ThresholdsFile.shipped().ruleBook().judge(FULL, HISTORY).findings();

    assertThat(StoredJson.read(StoredJson.write(FULL), Observation.class)).isEqualTo(FULL);
    assertThat(StoredJson.read(StoredJson.write(Sample.code().observe()), Observation.class))
        .isEqualTo(Sample.code().observe());
    assertThat(StoredJson.read(StoredJson.write(HISTORY), History.class)).isEqualTo(HISTORY);
    assertThat(StoredJson.read(StoredJson.write(History.EMPTY), History.class))
        .isEqualTo(History.EMPTY);
    assertThat(StoredJson.readFindings(StoredJson.write(findings))).isEqualTo(findings);
  }

  @Test
  void writesNamesAndIdsAsText() {
    assertThat(StoredJson.write(FULL))
        .contains("\"deviceId\":\"00000000000000a1\"")
        .contains("\"way\":\"tap\"")
        .contains("\"paidAt\":\"2026-03-01T12:00:00Z\"")
        .contains("\"serial\":\"00000000000000a100000009\"");
  }

  @Test
  void ignoresFieldsOfALaterVersion() {
    String later = StoredJson.write(Sample.code().observe()).replaceFirst("\\{", "{\"new\":1,");

    assertThat(StoredJson.read(later, Observation.class)).isEqualTo(Sample.code().observe());
  }

  /// What makes a stored decision replayable: the stored form alone gives the same findings again.
  @Test
  void aStoredObservationAndHistoryGiveTheSameFindingsAgain() {
    var book = ThresholdsFile.shipped().ruleBook();
    Observation observation = StoredJson.read(StoredJson.write(FULL), Observation.class);
    History history = StoredJson.read(StoredJson.write(HISTORY), History.class);

    assertThat(book.judge(observation, history)).isEqualTo(book.judge(FULL, HISTORY));
  }
}
