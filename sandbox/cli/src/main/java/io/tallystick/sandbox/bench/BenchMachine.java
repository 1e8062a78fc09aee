package io.tallystick.sandbox.bench;

import io.tallystick.sandbox.bench.BenchFigures.Machine;
import io.tallystick.sandbox.platform.ServiceRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the figures were measured on.
final class BenchMachine {
  private static final List<String> SETTINGS =
      List.of(
          "server_version",
          "fsync",
          "synchronous_commit",
          "full_page_writes",
          "shared_buffers",
          "max_connections",
          "autovacuum_naptime");

  private BenchMachine() {}

  static Machine describe(BenchDatabase database, ServiceRuntime runtime)
      throws SQLException, IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String name : SETTINGS) {
      settings.put(name, database.setting(name));
    }
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        processor(),
        Runtime.version().toString(),
        runtime.kind(),
        runtime.options(),
        settings,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return System.getProperty("os.arch");
    }
    return Files.readAllLines(info).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }
}
