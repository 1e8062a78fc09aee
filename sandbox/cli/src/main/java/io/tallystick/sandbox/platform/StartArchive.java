package io.tallystick.sandbox.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What the JVM of a service keeps of one run so that the next starts in half the time: the classes
/// it loaded, parsed and linked. A file of another build is noticed and not used.
public sealed interface StartArchive {
  /// Nothing is kept.
  StartArchive NONE = new None();

  /// @see ClassData
  StartArchive CLASS_DATA = new ClassData();

  /// The options for it.
  ///
  /// @param checkout with the build output
  List<String> options(Path checkout, ServiceName service);

  /// How long a JVM may take to stop.
  default Duration stopLimit() {
    return Duration.ofSeconds(15);
  }

  /// See [#NONE].
  record None() implements StartArchive {
    @Override
    public List<String> options(Path checkout, ServiceName service) {
      return List.of();
    }
  }

  /// A dynamic archive of class data (JEP 350), beside the build output. Whichever run finds none
  /// of this build and JDK writes one as it ends in good order: seconds of the processor, once.
  record ClassData() implements StartArchive {
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

    @Override
    public List<String> options(Path checkout, ServiceName service) {
      Path file = checkout.resolve(service.moduleName()).resolve("target").resolve("start.jsa");
      return List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + file);
    }

    @Override
    public Duration stopLimit() {
      return STOP_LIMIT;
    }
  }

  /// A run that leaves an AOT cache (JEP 483, 514, 515) of each service as it ends: more than class
  /// data, and dearer to make.
  ///
  /// @param folder where the caches go
  record AotTraining(Path folder) implements StartArchive {
    /// The JVM assembles the cache as it ends, five of them at a time.
    private static final Duration STOP_LIMIT = Duration.ofMinutes(5);

    @Override
    public List<String> options(Path checkout, ServiceName service) {
      return List.of("-XX:AOTCacheOutput=" + cache(folder, service));
    }

    @Override
    public Duration stopLimit() {
      return STOP_LIMIT;
    }
  }

  /// The AOT caches that an [AotTraining] left.
  ///
  /// @param folder where they are
  record AotCaches(Path folder) implements StartArchive {
    @Override
    public List<String> options(Path checkout, ServiceName service) {
      return List.of("-XX:AOTCache=" + cache(folder, service));
    }
  }

  /// The AOT cache of a service in such a folder.
  static Path cache(Path folder, ServiceName service) {
    return folder.resolve(service.moduleName() + ".aot");
  }
}
