package io.tallystick.clearing.allowance;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Gives back, now and then, what ended devices have left.
@Singleton
public class AllowanceRelease {
  private static final Logger LOG = Logger.getLogger(AllowanceRelease.class);

  /// Most transactions of one run; the rest waits for the next.
  private static final int MOST_ROUNDS = 100;

  private final AllowanceService allowances;

  AllowanceRelease(AllowanceService allowances) {
    this.allowances = allowances;
  }

  @Scheduled(
      identity = "allowance-release",
      every = "${tallystick.clearing.allowance.release-every:30s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void run() {
    int rounds = 1;
    while (allowances.releaseSome() && rounds < MOST_ROUNDS) {
      rounds++;
    }
    LOG.debugf("allowances were released in %d rounds", rounds);
  }
}
