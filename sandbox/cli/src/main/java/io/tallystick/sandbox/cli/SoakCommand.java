package io.tallystick.sandbox.cli;

import io.tallystick.sandbox.platform.StartFailure;
import io.tallystick.sandbox.soak.Soak;
import io.tallystick.sandbox.soak.SoakReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The platform under a workload and faults.
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    description = {
      "Starts everything on this machine, afresh, with a TCP proxy between any two parts. Payers"
          + " and tills pay, tap, upload, answer challenges, take back and give back, while Redis"
          + " is flushed and killed, PostgreSQL crashes and runs out of connections, services are"
          + " killed with -9 and replies are lost, delayed and repeated. Then proves from what"
          + " every caller was told that no payment was lost or made twice and no balance is off.",
      "The same seed and length give the same plan (its SHA-256 is printed).",
      "Plan, journal and logs stay in .tally/soak/<seed>.",
      "Exit status: 0 the platform kept its word, 1 it did not, 2 usage, 3 a part did not start."
    })
public final class SoakCommand implements Callable<Integer> {
  private static final List<String> JVM_OPTIONS =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  private static final int MOST_MINUTES = 24 * 60;

  @Mixin private OutputOptions output;

  @Option(
      names = "--minutes",
      defaultValue = "2",
      description = "How long payments and faults go on, 1 to 1440 (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "What the plan is drawn from (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws InterruptedException, IOException, SQLException {
    if (minutes < 1 || minutes > MOST_MINUTES) {
      throw CommandFailure.usage("--minutes is not within 1..1440: " + minutes);
    }
    Path folder = StateFolder.of("soak").resolve(Long.toString(seed));
    StateFolder.delete(folder);
    Soak.Options options =
        new Soak.Options(
            StateFolder.root(), folder, seed, Duration.ofMinutes(minutes), JVM_OPTIONS);
    try (Soak soak = Soak.start(options, System.err::println)) {
      SoakReport report = soak.play();
      output.print(report, out -> print(out, report));
      return report.sound() ? ExitStatus.OK : ExitStatus.REFUSED;
    } catch (StartFailure e) {
      throw CommandFailure.unreachable(e);
    }
  }

  private static void print(PrintStream out, SoakReport report) {
    out.printf("%nseed %d, plan %s%n", report.seed(), report.planDigest());
    section(out, "Faults", report.faults());
    section(out, "What callers were told", report.told());
    section(out, "What was proved, and of how many things", report.looked());
    out.printf(
        "%n%d steps in %d s; %d orders were paid though the answer was lost, each once%n",
        report.steps(), report.seconds(), report.paidWithoutAnswer());
    report
        .findings()
        .forEach((check, found) -> {
          out.printf("%nNOT TRUE: %s%n", check);
          found.forEach(finding -> out.printf("  %s%n", finding));
        });
    out.printf(
        "%n%s%n",
        report.sound()
            ? "The platform kept its word."
            : report.total() + " findings; everything is in " + report.folder());
  }

  private static void section(PrintStream out, String title, Map<String, ? extends Number> rows) {
    out.printf("%n%s%n", title);
    rows.forEach((what, number) -> out.printf("  %6d  %s%n", number.longValue(), what));
  }
}
