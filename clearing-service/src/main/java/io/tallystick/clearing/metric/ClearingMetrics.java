package io.tallystick.clearing.metric;

import io.tallystick.kit.metric.TableGauge;
import io.tallystick.kit.metric.TableGauges;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/// What waits, what is frozen, and whether the ledger is in balance.
@Singleton
class ClearingMetrics implements TableGauges {
  private static final Duration WHOLE_TABLE = Duration.ofMinutes(1);
  private static final int COUNT_LIMIT = 100_000;

  @Override
  public List<TableGauge> gauges() {
    return List.of(
        tapsWaiting(),
        oldestHalf(),
        frozen(),
        frozenPayments(),
        unswept(),
        oldestUnswept(),
        imbalance());
  }

  private static TableGauge tapsWaiting() {
    return TableGauge.of(
        "tallystick.clearing.taps.waiting",
        "Taps of which one half is here and the other is not, counted up to 100,000",
        """
        select count(*) as value from (
          select from tap where halves_state in ('wallet-only', 'terminal-only') limit %d) alone
        """
            .formatted(COUNT_LIMIT));
  }

  private static TableGauge oldestHalf() {
    return TableGauge.of(
        "tallystick.clearing.oldest.unmatched.half.seconds",
        "Since the half arrived that waits longest for the other; 0 when none waits",
        """
        select coalesce(extract(epoch from clock_timestamp() - min(first_half_at)), 0) as value
        from tap where halves_state in ('wallet-only', 'terminal-only')
        """);
  }

  /// The currencies are those of the bank's accounts, so that each is told also when nothing is
  /// frozen.
  private static TableGauge frozen() {
    return TableGauge.of(
        "tallystick.clearing.frozen.minor",
        "Money held for payments that await their payer, in minor units",
        """
        select bank.currency, coalesce(
          (select sum(amount_minor) from hold where state = 'pending' and hold.currency = bank.currency),
          0) as value
        from account bank where owner_id = 'bank' and kind = 'bank'
        """);
  }

  private static TableGauge frozenPayments() {
    return TableGauge.of(
        "tallystick.clearing.frozen.payments",
        "Payments that await their payer",
        """
        select count(distinct (payer_id, payment_id)) as value from hold where state = 'pending'
        """);
  }

  private static TableGauge unswept() {
    return TableGauge.of(
        "tallystick.clearing.sweep.waiting",
        "Payments whose money is not yet in their merchant's account, counted up to 100,000",
        """
        select count(*) as value from (
          select from merchant_credit where sweep_posting_id is null and reversed_at is null limit %d) credit
        """
            .formatted(COUNT_LIMIT));
  }

  private static TableGauge oldestUnswept() {
    return TableGauge.of(
        "tallystick.clearing.sweep.oldest.seconds",
        "Since the oldest of them was cleared; 0 when there is none",
        """
        select coalesce(extract(epoch from clock_timestamp() - min(cleared_at)), 0) as value
        from merchant_credit where sweep_posting_id is null and reversed_at is null
        """);
  }

  /// Reads every account, so rarely. One statement sees one moment.
  private static TableGauge imbalance() {
    return TableGauge.of(
            "tallystick.clearing.ledger.imbalance.minor",
            "Sum of all balances, the bank's mirror included, in minor units: not 0 is an alarm",
            "select currency, sum(posted_minor) as value from account group by currency")
        .every(WHOLE_TABLE);
  }
}
