package io.tallystick.risk.thresholds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.tallystick.risk.rule.FrequencyRule;
import io.tallystick.risk.rule.RiskOutcome;
import io.tallystick.risk.rule.RiskRule;
import io.tallystick.risk.rule.RuleName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdsFileTest {
  @Test
  void theShippedFileIsGoodAndHasEveryRule() {
    Thresholds shipped = ThresholdsFile.shipped();

    assertThat(shipped.ruleBook().rules())
        .extracting(RiskRule::name)
        .containsExactly(RuleName.values());
    assertThat(shipped.version()).matches("shipped-1\\+[0-9a-f]{12}");
    assertThat(shipped.ruleBook().reach().window()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void theShippedFileFreezesTheThirdTapOfTenSeconds() {
    FrequencyRule frequency = (FrequencyRule) ThresholdsFile.shipped().ruleBook().rules().get(5);

    assertThat(frequency.thresholds().windows().getFirst())
        .isEqualTo(new FrequencyRule.Window(Duration.ofSeconds(10), FrequencyRule.Counted.TAP, 2));
  }

  @Test
  void aFileChangesOnlyWhatItNames() {
    Thresholds changed =
        ThresholdsFile.over(
            "test",
            """
            version: strict-7
            order: [frequency, counter_gap]
            rules:
              counter_gap: {max_missing: 0}
              frequency:
                outcome: refuse
                windows: [{seconds: 30, of: any, most_payments: 4}]
            """);

    assertThat(changed.version()).startsWith("strict-7+");
    assertThat(changed.ruleBook().rules())
        .extracting(RiskRule::name)
        .containsExactly(RuleName.FREQUENCY, RuleName.COUNTER_GAP);
    assertThat(changed.ruleBook().rules().getFirst())
        .asInstanceOf(type(FrequencyRule.class))
        .extracting(FrequencyRule::thresholds)
        .isEqualTo(
            new FrequencyRule.Thresholds(
                RiskOutcome.REFUSE,
                List.of(
                    new FrequencyRule.Window(
                        Duration.ofSeconds(30), FrequencyRule.Counted.ANY, 4))));
  }

  @Test
  void theDigestNamesTheMeaningAndNotTheSpelling() {
    String version =
        ThresholdsFile.over("a", "rules: {speed: {max_km_per_hour: 500, min_distance_km: 20}}")
            .version();

    assertThat(
            ThresholdsFile.over(
                    "b",
                    """
                    # another spelling
                    rules:
                      speed:
                        min_distance_km: 20.0
                        max_km_per_hour: 500
                    """)
                .version())
        .isEqualTo(version);
    assertThat(ThresholdsFile.over("c", "rules: {speed: {max_km_per_hour: 501}}").version())
        .isNotEqualTo(version);
    assertThat(ThresholdsFile.over("d", "{}").version())
        .isEqualTo(ThresholdsFile.shipped().version());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rules: {speed: {max_km_per_hour: 0}}|rules.speed.max_km_per_hour must be a number from 1.0 to 100000.0, is 0",
        "rules: {speed: {max_km_per_hour: fast}}|rules.speed.max_km_per_hour must be a number from 1.0 to 100000.0, is fast",
        "rules: {speed: {max_speed: 3}}|rules.speed.max_speed is not a key here; there are outcome, max_km_per_hour, min_distance_km, clock_tolerance_seconds, lookback_hours",
        "rules: {speed: 3}|rules.speed must be a map of keys, is 3",
        "rules: {sped: {}}|rules.sped is not a key here; there are double_spend, integrity, clock, allowance, counter_gap, frequency, speed, location, amount, new_device, late_half, caution",
        "rules: {frequency: {windows: []}}|rules.frequency.windows must be a list of 1 to 8 entries, is []",
        "rules: {frequency: {windows: [{seconds: 0, of: tap, most_payments: 2}]}}|rules.frequency.windows[0].seconds must be a whole number from 1 to 604800, is 0",
        "rules: {frequency: {windows: [{seconds: 1, of: taps, most_payments: 2}]}}|rules.frequency.windows[0].of must be one of tap, code, any, is taps",
        "rules: {frequency: {windows: [{seconds: 1, of: tap, most_payments: 1000}]}}|rules.frequency.windows[0].most_payments must be a whole number from 1 to 128, is 1000",
        "rules: {frequency: {windows: [{seconds: 1, of: tap}]}}|rules.frequency.windows[0].most_payments must be a whole number from 1 to 128, is missing",
        "rules: {amount: {min_payments: 60}}|rules.amount.history_payments must be a whole number from 60 to 200, is 50",
        "rules: {amount: {min_payments: 2.5}}|rules.amount.min_payments must be a whole number from 1 to 200, is 2.5",
        "rules: {amount: {outcome: clear}}|rules.amount.outcome must be one of freeze, refuse, is clear",
        "rules: {amount: {floor_minor: null}}|rules.amount.floor_minor must be a whole number from 0 to 999999999999, is missing",
        "rules: {integrity: {freeze: [roted]}}|rules.integrity.freeze names what there isn't, or something twice, is roted",
        "order: []|order must be a list of 1 to 12 entries, is []",
        "order: [speed, speed]|order names a rule twice: speed",
        "order: [speeed]|order names a rule that there isn't: speeed",
        "version: ''|version must be text of the form [A-Za-z0-9][A-Za-z0-9._-]{0,39}, is empty",
        "colour: red|colour is not a key here; there are version, order, trust, rules",
        "trust: {minutes: -1}|trust.minutes must be a whole number from 0 to 10080, is -1",
      })
  void refusesWithThePathOfTheFault(String yaml, String fault) {
    assertThatThrownBy(() -> ThresholdsFile.over("limits.yaml", yaml))
        .hasMessageStartingWith("Thresholds refused, limits.yaml: ")
        .asInstanceOf(type(ThresholdsException.class))
        .satisfies(refused -> assertThat(refused.faults()).contains(fault));
  }

  @Test
  void tellsAllFaultsAtOnce() {
    assertThatThrownBy(() ->
            ThresholdsFile.over(
                "limits.yaml",
                """
                rules:
                  speed: {max_km_per_hour: 0}
                  caution: {lasts_hours: -1, max: 3}
                """))
        .asInstanceOf(type(ThresholdsException.class))
        .extracting(ThresholdsException::faults)
        .isEqualTo(
            List.of(
                "rules.speed.max_km_per_hour must be a number from 1.0 to 100000.0, is 0",
                "rules.caution.lasts_hours must be a whole number from 0 to 2160, is -1",
                "rules.caution.max is not a key here; there are outcome, lasts_hours,"
                    + " max_amount_minor"));
  }

  @Test
  void checksARuleThatIsLeftOut() {
    assertThatThrownBy(() ->
            ThresholdsFile.over(
                "limits.yaml", "{order: [speed], rules: {caution: {lasts_hours: -1}}}"))
        .isInstanceOf(ThresholdsException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: [|it is not YAML",
        "{version: a, version: b}|it is not YAML",
        "- a|the file must be a map of keys",
        "!!java.net.URL [http://localhost]|it is not YAML",
      })
  void refusesWhatIsNoMap(String yaml, String fault) {
    assertThatThrownBy(() -> ThresholdsFile.over("limits.yaml", yaml))
        .isInstanceOf(ThresholdsException.class)
        .hasMessageContaining(fault);
  }

  @Test
  void refusesAFileThatIsMissingOrTooLarge(@TempDir Path folder) throws IOException {
    Path large = folder.resolve("large.yaml");
    Files.writeString(large, "#".repeat(ThresholdsFile.MAX_BYTES + 1));

    assertThatThrownBy(() -> ThresholdsFile.load(folder.resolve("none.yaml")))
        .isInstanceOf(ThresholdsException.class)
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> ThresholdsFile.load(large))
        .isInstanceOf(ThresholdsException.class)
        .hasMessageContaining("it has 65537 bytes");
  }

  @Test
  void loadsAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("limits.yaml");
    Files.writeString(file, "version: mine");

    assertThat(ThresholdsFile.load(file).version()).startsWith("mine+");
  }
}
