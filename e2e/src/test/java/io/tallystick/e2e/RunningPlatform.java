package io.tallystick.e2e;

import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.platform.PlatformOptions;
import io.tallystick.sandbox.platform.ServiceName;
import io.tallystick.sandbox.soak.fault.Links;
import io.tallystick.sandbox.story.Story;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The whole platform, started once for all tests of this virtual machine; it ends with it.
final class RunningPlatform {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> JVM_OPTIONS =
      List.of("-Xmx224m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /// What the story breaks.
  static final Links LINKS = Story.links();

  private RunningPlatform() {}

  private static final class Holder {
    static final SpanCollector SPANS = new SpanCollector();
    static final Platform PLATFORM = start();
  }

  static Platform get() {
    return Holder.PLATFORM;
  }

  /// Where every service exports its spans to.
  static SpanCollector spans() {
    return Holder.SPANS;
  }

  /// A folder for the files of one test, of this run only: wallets and terminals trust its
  /// platform.
  static Path folder(String test) {
    return Path.of("target", "e2e-" + ProcessHandle.current().pid(), test).toAbsolutePath();
  }

  /// The story's settings, with every trace recorded, and answers with a secret kept for seconds,
  /// so that a test can see a key-encryption key go that sealed them.
  private static Map<ServiceName, Map<String, String>> settings() {
    Map<ServiceName, Map<String, String>> settings = new EnumMap<>(ServiceName.class);
    for (ServiceName service : ServiceName.values()) {
      Map<String, String> own = new HashMap<>(Story.settings().getOrDefault(service, Map.of()));
      own.put("tallystick.trace.disabled", "false");
      own.put("tallystick.trace.endpoint", Holder.SPANS.endpoint());
      own.put("tallystick.trace.protocol", "http/protobuf");
      settings.put(service, own);
    }
    settings.get(ServiceName.SEED).put("tallystick.seed.request.reply-time", "PT20S");
    return settings;
  }

  private static Platform start() {
    Path folder = Path.of("target", "platform-" + ProcessHandle.current().pid()).toAbsolutePath();
    try {
      return Platform.start(
          new PlatformOptions(CHECKOUT, folder, settings(), JVM_OPTIONS, LINKS),
          System.out::println);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the platform started", e);
    }
  }
}
