package io.tallystick.risk;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Configuration of risk-service. The thresholds of the rules are in a file of their own.
@ConfigMapping(prefix = "tallystick.risk")
public interface RiskConfig {
  /// The thresholds file; the shipped thresholds when absent. A file that is refused stops the
  /// start. It is read again while the service runs; one that is refused then changes nothing.
  Optional<Path> thresholds();

  /// How often the thresholds file is read again.
  @WithDefault("PT5S")
  Duration thresholdsReload();

  /// Limits of the inline question.
  Assess assess();

  /// How long things are kept.
  Retention retention();

  /// Limits of `Assess`.
  interface Assess {
    /// Most questions waiting; one more is UNAVAILABLE, and verify-service steps up.
    @WithDefault("2048")
    int queue();

    /// Most payments decided in one transaction.
    @WithDefault("128")
    int batch();

    /// Transactions at the same time; each takes a database connection. More make smaller batches.
    @WithDefault("2")
    int drainers();

    /// Longest time a question waits for its answer; verify-service asks no longer.
    @WithDefault("PT0.25S")
    Duration patience();
  }

  /// Limits of the retention job.
  interface Retention {
    /// How long observations, amounts and confirmations are kept: what rules can look back on.
    @WithDefault("P90D")
    Duration history();

    /// How long decisions are kept: what can be explained and replayed. Not shorter than a tap may
    /// be uploaded after it was made, or a half that comes late would be decided again.
    @WithDefault("P730D")
    Duration decisions();

    /// Most rows deleted in one transaction.
    @WithDefault("1000")
    int batch();

    /// How often the job looks for something to delete.
    @WithDefault("PT10M")
    Duration every();
  }
}
