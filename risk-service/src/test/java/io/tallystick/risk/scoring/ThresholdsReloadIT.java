package io.tallystick.risk.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.events.v1.TapReceived;
import io.tallystick.kit.database.Database;
import io.tallystick.risk.RiskPlatform;
import io.tallystick.risk.decision.Decision;
import io.tallystick.risk.postgres.DecisionTable;
import io.tallystick.risk.postgres.ThresholdsTable;
import io.tallystick.risk.rule.RiskOutcome;
import io.tallystick.risk.stream.TapEvents;
import io.tallystick.risk.stream.TokensHandler;
import io.tallystick.risk.thresholds.RuleBooks;
import io.tallystick.risk.thresholds.ThresholdsFile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@RiskPlatform
class ThresholdsReloadIT {
  private static final String ONE_TAP =
      "version: strict-1\nrules: {frequency: {windows: [{seconds: 10, of: tap, most_payments: 1}]}}";

  @Inject ThresholdsReload reload;
  @Inject RuleBooks ruleBooks;
  @Inject @Readiness ThresholdsHealth health;
  @Inject Database database;
  @Inject TokensHandler tokens;

  @TempDir Path folder;
  private final TapEvents payer = new TapEvents();

  @AfterEach
  void putTheShippedOnesBack() {
    ruleBooks.replace(ThresholdsFile.shipped());
  }

  @Test
  void decidesByTheNewThresholdsFromTheNextPaymentOn() throws IOException {
    Decision before = decide(1);
    Decision stillPasses = decide(2);
    reload.reload(file(ONE_TAP));
    Decision after = decide(3);

    assertThat(before.thresholdsVersion()).startsWith("shipped-1+");
    assertThat(stillPasses.judgement().outcome()).isEqualTo(RiskOutcome.CLEAR);
    assertThat(after.thresholdsVersion()).startsWith("strict-1+");
    assertThat(after.judgement().outcome()).isEqualTo(RiskOutcome.FREEZE);
    assertThat(
            database.<Optional<String>, RuntimeException>read(
                handle -> ThresholdsTable.find(handle, after.thresholdsVersion())))
        .as("kept for replay")
        .isPresent();
  }

  @Test
  void aFileThatIsRefusedChangesNothingAndIsTold() throws IOException {
    reload.reload(file(ONE_TAP));
    String inForce = ruleBooks.current().version();
    for (String bad :
        new String[] {
          "rules: {speed: {max_km_per_hour: 0}}",
          "nonsense: 1",
          "{",
          "rules: {speed: {lookback_hours: 2160}, frequency: {windows: []}}"
        }) {
      reload.reload(file(bad));
      assertThat(ruleBooks.current().version()).as(bad).isEqualTo(inForce);
      assertThat(ruleBooks.refusal()).as(bad).isPresent();
    }
    HealthCheckResponse told = health.call();
    assertThat(told.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    assertThat(told.getData().orElseThrow())
        .containsKey("refused")
        .containsEntry("version", inForce);
    reload.reload(folder.resolve("gone.yaml"));
    assertThat(ruleBooks.refusal()).get().asString().contains("no such file");
    reload.reload(file(ONE_TAP));
    assertThat(ruleBooks.refusal()).isEmpty();
  }

  private Decision decide(int counter) {
    TapReceived tap = payer.tap(counter, counter).build();
    database.useTransaction(handle -> tokens.handle(handle, payer.event(tap)));
    return database
        .<Optional<Decision>, RuntimeException>read(
            handle -> DecisionTable.find(handle, tap.getPaymentId()))
        .orElseThrow();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("thresholds.yaml"), text);
  }
}
