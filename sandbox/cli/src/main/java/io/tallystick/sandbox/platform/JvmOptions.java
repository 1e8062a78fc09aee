package io.tallystick.sandbox.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the JVMs of the services run: options alike for all, and an AOT cache (JEP 483, 514, 515) of
/// each, which a training run makes when it ends and later runs start from.
///
/// @param options of every service
/// @param training the folder that a training run leaves the caches in
/// @param caches the folder that they are taken from
public record JvmOptions(List<String> options, @Nullable Path training, @Nullable Path caches)
    implements ServiceRuntime {
  /// The JVM assembles the cache as it ends, five of them at a time.
  private static final Duration TRAINING_STOP_LIMIT = Duration.ofMinutes(5);

  public JvmOptions {
    options = List.copyOf(options);
  }

  /// Without AOT caches.
  public static JvmOptions of(List<String> options) {
    return new JvmOptions(options, null, null);
  }

  public JvmOptions training(Path folder) {
    return new JvmOptions(options, folder, null);
  }

  public JvmOptions cachedIn(Path folder) {
    return new JvmOptions(options, null, folder);
  }

  @Override
  public Kind kind() {
    return caches == null ? Kind.JVM : Kind.JVM_WITH_AOT_CACHE;
  }

  @Override
  public List<String> command(Path checkout, ServiceName service, List<String> properties)
      throws IOException {
    Path jar = service.jar(checkout);
    if (!Files.exists(jar)) {
      throw new IOException(jar + " is missing; build first");
    }
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(options);
    if (training != null) {
      command.add("-XX:AOTCacheOutput=" + cache(training, service));
    }
    if (caches != null) {
      command.add("-XX:AOTCache=" + cache(caches, service));
    }
    command.addAll(properties);
    command.add("-jar");
    command.add(jar.toString());
    return command;
  }

  @Override
  public Duration stopLimit() {
    return training == null ? ServiceRuntime.super.stopLimit() : TRAINING_STOP_LIMIT;
  }

  /// The cache of a service in such a folder.
  public static Path cache(Path folder, ServiceName service) {
    return folder.resolve(service.moduleName() + ".aot");
  }
}
