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
/// @param replicas of each service, 1 to 4. With more than one, services reach one another by the
///   name `localhost`, which then stands for the loopback addresses of all replicas, and by no
///   other name; Linux has these addresses, on JVMs only
public record PlatformOptions(
    Path checkout,
    Path folder,
    Map<ServiceName, Map<String, String>> overrides,
    ServiceRuntime runtime,
    Wiring wiring,
    int replicas) {
  public PlatformOptions {
    overrides = Map.copyOf(overrides);
    if (replicas < 1 || replicas > Replica.MOST) {
      throw new IllegalArgumentException(
          "replicas is not within 1.." + Replica.MOST + ": " + replicas);
    }
  }

  /// With one replica of each service.
  public PlatformOptions(
      Path checkout,
      Path folder,
      Map<ServiceName, Map<String, String>> overrides,
      ServiceRuntime runtime,
      Wiring wiring) {
    this(checkout, folder, overrides, runtime, wiring, 1);
  }

  /// On JVMs of the sandbox.
  public PlatformOptions(
      Path checkout,
      Path folder,
      Map<ServiceName, Map<String, String>> overrides,
      List<String> jvmOptions,
      Wiring wiring) {
    this(checkout, folder, overrides, JvmOptions.sandbox(jvmOptions), wiring);
  }

  /// On JVMs of the sandbox, without detours.
  public PlatformOptions(
      Path checkout,
      Path folder,
      Map<ServiceName, Map<String, String>> overrides,
      List<String> jvmOptions) {
    this(checkout, folder, overrides, jvmOptions, Wiring.DIRECT);
  }
}
