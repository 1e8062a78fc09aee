package io.tallystick.risk.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tallystick.risk.RiskConfig;
import io.tallystick.risk.thresholds.ThresholdsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the service does with the configured path before it starts.
class ThresholdsInForceTest {
  @Test
  void takesTheShippedThresholdsWithoutAPath() {
    assertThat(new ThresholdsInForce(config(Map.of())).ruleBooks().current().version())
        .startsWith("shipped-1+");
  }

  @Test
  void takesTheFileConfigured(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("limits.yaml");
    Files.writeString(file, "version: ours-3");

    assertThat(
            new ThresholdsInForce(config(Map.of("tallystick.risk.thresholds", file.toString())))
                .ruleBooks()
                .current()
                .version())
        .startsWith("ours-3+");
  }

  @Test
  void doesNotStartWithAFileThatIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("limits.yaml");
    Files.writeString(file, "rules: {frequency: {windows: [{seconds: -10, of: tap}]}}");
    RiskConfig config = config(Map.of("tallystick.risk.thresholds", file.toString()));

    assertThatThrownBy(() -> new ThresholdsInForce(config))
        .isInstanceOf(ThresholdsException.class)
        .hasMessage(
            "Thresholds refused, %s: rules.frequency.windows[0].seconds must be a whole number from 1 to 604800, is -10; rules.frequency.windows[0].most_payments must be a whole number from 1 to 128, is missing"
                .formatted(file));
  }

  private static RiskConfig config(Map<String, String> properties) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(RiskConfig.class)
            .withSources(new PropertiesConfigSource(properties, "test", 100))
            .build();
    return config.getConfigMapping(RiskConfig.class);
  }
}
