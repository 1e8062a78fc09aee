package io.tallystick.sandbox.platform;

import static java.util.Objects.requireNonNull;

/// One of the processes that run a service. All replicas of a service listen on the same ports,
/// each on a loopback address of its own.
///
/// @param number from 1
public record Replica(ServiceName service, int number) {
  /// What [DevCa][io.tallystick.sandbox.base.DevCa] has addresses for in a service's certificate.
  static final int MOST = 4;

  public Replica {
    requireNonNull(service, "service is null");
    if (number < 1 || number > MOST) {
      throw new IllegalArgumentException("number is not within 1.." + MOST + ": " + number);
    }
  }

  /// The one that every platform has.
  public static Replica first(ServiceName service) {
    return new Replica(service, 1);
  }

  /// As in files, logs and messages: `seed-service`, `seed-service-2`.
  public String processName() {
    return service.moduleName() + (number == 1 ? "" : "-" + number);
  }

  /// The loopback address that it listens on.
  String host() {
    return "127.0.0." + number;
  }
}
