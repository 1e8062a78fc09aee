package io.tallystick.sandbox.cli;

import io.tallystick.sandbox.cli.watch.Watch;
import io.tallystick.sandbox.platform.JvmOptions;
import io.tallystick.sandbox.platform.NativeExecutables;
import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sandbox.platform.PlatformOptions;
import io.tallystick.sandbox.platform.StartFailure;
import io.tallystick.sandbox.platform.Wiring;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The platform, until Ctrl-C.
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts PostgreSQL, Redis, the five services, an OIDC issuer and an SMS centre on this machine, prints where they"
          + " are, and runs until Ctrl-C. What was in the ledger last time is still there.",
      "Exit status: 130 stopped by Ctrl-C, 3 a part did not start or ended."
    })
public final class UpCommand implements Callable<Integer> {
  private static final JvmOptions JVM =
      JvmOptions.sandbox(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
  private static final NativeExecutables NATIVE = new NativeExecutables(List.of("-Xmx256m"));

  @Option(names = "--fresh", description = "Forget what an earlier run left.")
  private boolean fresh;

  @Option(
      names = "--watch",
      description =
          "Show a live screen of what the platform does; a line now and then where there is no terminal.")
  private boolean watch;

  @Option(
      names = "--native",
      description = "Run the native executables of './tally native' rather than JVMs.")
  private boolean nativeExecutables;

  @Override
  public Integer call() throws InterruptedException, IOException {
    Path folder = StateFolder.of("up");
    if (fresh) {
      StateFolder.delete(folder);
    }
    PlatformOptions options =
        new PlatformOptions(
            StateFolder.root(), folder, Map.of(), nativeExecutables ? NATIVE : JVM, Wiring.DIRECT);
    try (Platform platform = Platform.start(options, System.err::println)) {
      printAddresses(System.out, platform.description(), platform.descriptionFile());
      System.out.println("Ctrl-C stops everything.");
      String end = watch ? watch(platform) : platform.firstEnd().join();
      return Platform.askedToEnd().orElseThrow(() -> CommandFailure.unreachable(end, null));
    } catch (StartFailure e) {
      throw CommandFailure.unreachable(e);
    }
  }

  private static String watch(Platform platform) throws IOException, InterruptedException {
    try (Watch screen = Watch.of(platform.description())) {
      return screen.until(platform.firstEnd());
    }
  }

  /// Prints where a running platform is.
  public static void printAddresses(PrintStream out, PlatformDescription platform, Path file) {
    out.printf("%nREST (HTTPS; /q/swagger-ui on each)%n");
    out.printf("  seed-service      %s%n", platform.rest().seedService());
    out.printf("  verify-service    %s%n", platform.rest().verifyService());
    out.printf("  clearing-service  %s%n", platform.rest().clearingService());
    out.printf("  risk-service      %s%n", platform.rest().riskService());
    out.printf("  notify-service    %s%n", platform.rest().notifyService());
    out.printf("gRPC (mTLS)%n");
    out.printf("  verify-service    %s%n", platform.grpc().verifyService());
    out.printf("  clearing-service  %s%n", platform.grpc().clearingService());
    out.printf("  seed-service      %s%n", platform.grpc().seedService());
    out.printf("  risk-service      %s%n", platform.grpc().riskService());
    out.printf("OIDC issuer         %s%n", platform.oidcIssuer());
    out.printf("phones' screens     %s/phones/NUMBER/messages%n", platform.smsCentre());
    out.printf("CA certificate      %s%n", platform.caFile());
    out.printf("platform file       %s%n", file);
  }
}
