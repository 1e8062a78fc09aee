package io.tallystick.sandbox.cli;

import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.platform.PlatformOptions;
import io.tallystick.sandbox.platform.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// The last step of the build.
@Command(
    name = "train",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = {
      "Starts the platform and stops it, so that every JVM leaves its class data beside the build output and starts"
          + " from it the next time. './tally build' does this.",
      "Exit status: 0 done, 3 a part did not start."
    })
public final class TrainCommand implements Callable<Integer> {
  @Override
  public Integer call() throws InterruptedException, IOException {
    Path folder = StateFolder.of("train");
    StateFolder.delete(folder);
    PlatformOptions options =
        new PlatformOptions(StateFolder.root(), folder, Map.of(), DemoCommand.JVM_OPTIONS);
    try (Platform _ = Platform.start(options, step -> System.err.println("  " + step))) {
      System.err.println("  stopping: each JVM writes its class data");
      return ExitStatus.OK;
    } catch (StartFailure e) {
      throw CommandFailure.unreachable(e);
    } finally {
      StateFolder.delete(folder);
    }
  }
}
