package io.tallystick.e2e;

import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.story.Story;
import java.nio.file.Path;
import java.util.List;

/// The whole platform, started once for all tests of this virtual machine; it ends with it.
final class RunningPlatform {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> JVM_OPTIONS =
      List.of("-Xmx224m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private RunningPlatform() {}

  private static final class Holder {
    static final Platform PLATFORM = start();
  }

  static Platform get() {
    return Holder.PLATFORM;
  }

  /// A folder for the files of one test.
  static Path folder(String test) {
    return Path.of("target", "e2e", test).toAbsolutePath();
  }

  private static Platform start() {
    Path folder = Path.of("target", "platform-" + ProcessHandle.current().pid()).toAbsolutePath();
    try {
      return Platform.start(
          new Platform.Options(CHECKOUT, folder, Story.settings(), JVM_OPTIONS),
          System.out::println);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the platform started", e);
    }
  }
}
