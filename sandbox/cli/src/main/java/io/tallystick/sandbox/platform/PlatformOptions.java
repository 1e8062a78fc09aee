package io.tallystick.sandbox.platform;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Which platform to start, and where.
///
/// @param checkout the source tree with its build output
/// @param folder where everything this platform writes goes
/// @param overrides configuration properties beyond the sandbox's own, by service
/// @param runtime what the services run on
/// @param wiring how the parts reach one another
public record PlatformOptions(
    Path checkout,
    Path folder,
    Map<ServiceName, Map<String, String>> overrides,
    ServiceRuntime runtime,
    Wiring wiring) {
  public PlatformOptions {
    overrides = Map.copyOf(overrides);
  }

  /// Without AOT caches.
  public PlatformOptions(
      Path checkout,
      Path folder,
      Map<ServiceName, Map<String, String>> overrides,
      List<String> jvmOptions,
      Wiring wiring) {
    this(checkout, folder, overrides, JvmOptions.of(jvmOptions), wiring);
  }

  /// Without detours and AOT caches.
  public PlatformOptions(
      Path checkout,
      Path folder,
      Map<ServiceName, Map<String, String>> overrides,
      List<String> jvmOptions) {
    this(checkout, folder, overrides, jvmOptions, Wiring.DIRECT);
  }
}
