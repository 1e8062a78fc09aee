package io.tallystick.sandbox.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the JVMs of the services run: options alike for all, and an AOT cache (JEP 483, 514, 515) of
/// each, which a training run makes when it ends and later runs start from.
///
/// @param common of every service
/// @param training the folder that a training run leaves the caches in
/// @param caches the folder that they are taken from
public record JvmOptions(List<String> common, @Nullable Path training, @Nullable Path caches) {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  /// The JVM assembles the cache as it ends, five of them at a time.
  private static final Duration TRAINING_STOP_LIMIT = Duration.ofMinutes(5);

  public JvmOptions {
    common = List.copyOf(common);
  }

  /// Without AOT caches.
  public static JvmOptions of(List<String> common) {
    return new JvmOptions(common, null, null);
  }

  public JvmOptions training(Path folder) {
    return new JvmOptions(common, folder, null);
  }

  public JvmOptions cachedIn(Path folder) {
    return new JvmOptions(common, null, folder);
  }

  /// What the JVM of a service is started with.
  List<String> options(ServiceName service) {
    List<String> options = new ArrayList<>(common);
    if (training != null) {
      options.add("-XX:AOTCacheOutput=" + cache(training, service));
    }
    if (caches != null) {
      options.add("-XX:AOTCache=" + cache(caches, service));
    }
    return options;
  }

  /// How long a service may take to stop.
  Duration stopLimit() {
    return training == null ? STOP_LIMIT : TRAINING_STOP_LIMIT;
  }

  /// The cache of a service in such a folder.
  public static Path cache(Path folder, ServiceName service) {
    return folder.resolve(service.moduleName() + ".aot");
  }
}
