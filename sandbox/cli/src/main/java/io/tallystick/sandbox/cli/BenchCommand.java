package io.tallystick.sandbox.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tallystick.sandbox.bench.Bench;
import io.tallystick.sandbox.bench.BenchChart;
import io.tallystick.sandbox.bench.BenchFigures;
import io.tallystick.sandbox.bench.BenchPlan;
import io.tallystick.sandbox.bench.BenchTable;
import io.tallystick.sandbox.bench.Training;
import io.tallystick.sandbox.platform.JvmOptions;
import io.tallystick.sandbox.platform.NativeExecutables;
import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.platform.PlatformOptions;
import io.tallystick.sandbox.platform.ServiceName;
import io.tallystick.sandbox.platform.ServiceRuntime;
import io.tallystick.sandbox.platform.StartArchive;
import io.tallystick.sandbox.platform.StartFailure;
import io.tallystick.sandbox.platform.Wiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// One run of [Bench] on a platform of its own.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Starts everything on this machine, afresh, with the JVM options of a deployment and AOT"
          + " caches of a training run before, measures"
          + " payments by code, checks and clearing of taps, and the services' start and memory,"
          + " each beside a reference of the same run, checks the ledger and prints a table."
          + " Nothing else should run meanwhile.",
      "Exit status: 0 every floor held, 1 one was missed, 3 a part did not start or failed."
    })
public final class BenchCommand implements Callable<Integer> {
  /// As in a deployment, not the sandbox's for a quick start.
  private static final JvmOptions JVM =
      new JvmOptions(List.of("-Xmx512m", "-XX:+UseSerialGC"), StartArchive.NONE);

  private static final NativeExecutables NATIVE = new NativeExecutables(List.of("-Xmx512m"));

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
  private @Nullable Path json;

  @Option(names = "--png", paramLabel = "FILE", description = "Draw the figures.")
  private @Nullable Path png;

  @Option(
      names = "--quick",
      description =
          "Shorter loads, and 1,000, 20,000 and 100,000 accounts rather than up to 1,000,000.")
  private boolean quick;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Longest warm-up, in minutes (default: ${DEFAULT-VALUE}). It ends earlier when the rate"
              + " stops rising.")
  private double minutes;

  @Option(
      names = "--native",
      description = "Measure the native executables of './tally native' rather than JVMs.")
  private boolean nativeExecutables;

  @Override
  public Integer call() throws Exception {
    if (!(minutes > 0 && minutes <= 60)) {
      throw CommandFailure.usage("--minutes is not within 0 and 60: " + minutes);
    }
    Duration warmUp = Duration.ofMillis(Math.round(minutes * 60_000));
    BenchPlan plan = quick ? BenchPlan.quick(warmUp) : BenchPlan.full(warmUp);
    Path folder = StateFolder.of("bench");
    StateFolder.delete(folder);
    try {
      return measure(folder, nativeExecutables ? NATIVE : trained(folder, plan), plan);
    } catch (StartFailure e) {
      throw CommandFailure.unreachable(e);
    }
  }

  /// JVMs with the AOT caches of a training run.
  private static JvmOptions trained(Path folder, BenchPlan plan) throws Exception {
    Path caches = folder.resolve("aot");
    Training.run(
        options(folder.resolve("training"), JVM.with(new StartArchive.AotTraining(caches))),
        caches,
        plan.training(),
        System.err::println);
    return JVM.with(new StartArchive.AotCaches(caches));
  }

  private static PlatformOptions options(Path folder, ServiceRuntime runtime) {
    return new PlatformOptions(StateFolder.root(), folder, settings(), runtime, Wiring.DIRECT);
  }

  private int measure(Path folder, ServiceRuntime runtime, BenchPlan plan) throws Exception {
    PlatformOptions options = options(folder.resolve("measured"), runtime);
    try (Platform platform = Platform.start(options, System.err::println)) {
      BenchFigures figures =
          new Bench(platform, options, List.of(JVM, runtime), plan, System.err::println).run();
      publish(figures);
      return figures.hold() ? ExitStatus.OK : ExitStatus.REFUSED;
    }
  }

  /// The payers are answered by nobody here: a cold service that is late must not make them step up
  /// while it warms up.
  private static Map<ServiceName, Map<String, String>> settings() {
    return Map.of(ServiceName.RISK, Map.of("tallystick.risk.assess.patience", "PT2S"));
  }

  private void publish(BenchFigures figures) throws IOException {
    BenchTable.print(figures, System.out);
    if (json != null) {
      Files.write(
          json,
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(figures));
    }
    if (png != null) {
      BenchChart.write(figures, png);
    }
  }
}
