package io.tallystick.sandbox.cli;

import io.tallystick.sandbox.platform.JvmOptions;
import io.tallystick.sandbox.platform.NativeExecutables;
import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.platform.PlatformOptions;
import io.tallystick.sandbox.platform.StartFailure;
import io.tallystick.sandbox.soak.fault.Links;
import io.tallystick.sandbox.story.Narrator;
import io.tallystick.sandbox.story.Story;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The platform and the story on it.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts everything on this machine, afresh, plays the story from enrolment to settlement through public"
          + " interfaces only, checks the ledger and prints a table of what was shown.",
      "Exit status: 0 every step did what it says, 1 one did not, 3 a part did not start."
    })
public final class DemoCommand implements Callable<Integer> {
  static final List<String> JVM_OPTIONS =
      List.of("-Xmx224m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static final JvmOptions JVM = JvmOptions.sandbox(JVM_OPTIONS);
  private static final NativeExecutables NATIVE = new NativeExecutables(List.of("-Xmx224m"));

  @Mixin private OutputOptions output;

  @Option(
      names = "--keep",
      description =
          "Leave everything running after the story, print the addresses and stay until Ctrl-C.")
  private boolean keep;

  @Option(
      names = "--native",
      description = "Run the native executables of './tally native' rather than JVMs.")
  private boolean nativeExecutables;

  @Override
  public Integer call() throws InterruptedException, IOException {
    Path folder = StateFolder.of("demo");
    StateFolder.delete(folder);
    try (Links links = Story.links();
        Platform platform =
            Platform.start(
                new PlatformOptions(
                    StateFolder.root(),
                    folder,
                    Story.settings(),
                    nativeExecutables ? NATIVE : JVM,
                    links),
                System.err::println)) {
      Narrator narrator = new Narrator(output.json() ? System.err : System.out, colored());
      boolean done = Story.tell(platform, links, folder.resolve("story"), narrator);
      narrator.printTable();
      if (output.json()) {
        output.print(narrator.shown(), _ -> {});
      }
      if (keep) {
        UpCommand.printAddresses(System.out, platform.description(), platform.descriptionFile());
        System.out.println("Left running; Ctrl-C stops everything.");
        throw CommandFailure.unreachable(platform.firstEnd().join(), null);
      }
      return done ? ExitStatus.OK : ExitStatus.REFUSED;
    } catch (StartFailure e) {
      throw CommandFailure.unreachable(e);
    }
  }

  private static boolean colored() {
    return System.console() != null
        && System.console().isTerminal()
        && System.getenv("NO_COLOR") == null;
  }
}
