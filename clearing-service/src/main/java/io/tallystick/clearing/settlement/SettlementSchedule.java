package io.tallystick.clearing.settlement;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Settles the day before, by itself.
@Singleton
public class SettlementSchedule {
  private static final Logger LOG = Logger.getLogger(SettlementSchedule.class);

  private final SettlementService settlements;

  SettlementSchedule(SettlementService settlements) {
    this.settlements = settlements;
  }

  @Scheduled(
      identity = "settlement",
      cron = "${tallystick.clearing.settlement.cron:0 15 * * * ?}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void run() {
    LocalDate yesterday = settlements.today().minusDays(1);
    int batches = settlements.settle(yesterday, Optional.empty()).size();
    LOG.infof("day %s has %d settlement batches", yesterday, batches);
  }
}
