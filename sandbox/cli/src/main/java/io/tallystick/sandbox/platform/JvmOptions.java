package io.tallystick.sandbox.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How the JVMs of the services run: options alike for all, and what each starts from.
///
/// @param options of every service
/// @param archive what is kept of a run for the next
public record JvmOptions(List<String> options, StartArchive archive) implements ServiceRuntime {
  public JvmOptions {
    options = List.copyOf(options);
  }

  /// As the sandbox runs them: each starts from the class data of a run before.
  public static JvmOptions sandbox(List<String> options) {
    return new JvmOptions(options, StartArchive.CLASS_DATA);
  }

  /// With another archive.
  public JvmOptions with(StartArchive other) {
    return new JvmOptions(options, other);
  }

  @Override
  public Kind kind() {
    return archive instanceof StartArchive.AotCaches ? Kind.JVM_WITH_AOT_CACHE : Kind.JVM;
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
    command.addAll(archive.options(checkout, service));
    command.addAll(properties);
    command.add("-jar");
    command.add(jar.toString());
    return command;
  }

  @Override
  public Duration stopLimit() {
    return archive.stopLimit();
  }
}
