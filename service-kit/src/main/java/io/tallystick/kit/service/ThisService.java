package io.tallystick.kit.service;

import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// The service and replica this process is.
@Singleton
public final class ThisService {
  private final String name;
  private final String replica;

  ThisService(ServiceConfig config) {
    this.name = config.name();
    this.replica = config.replica().orElseGet(ThisService::madeUp);
  }

  public String name() {
    return name;
  }

  /// Unique among the replicas of the service, and new at each start unless configured.
  public String replica() {
    return replica;
  }

  private static String madeUp() {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    return ProcessHandle.current().pid() + "-" + random;
  }
}
