package io.tallystick.verify.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.verify.tap.CounterLedger.Gap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CounterLedgerTest {
  @Test
  void countsWhatIsMissingBeforeACounter() {
    CounterLedger ledger = new CounterLedger(0, List.of());

    assertThat(ledger.see(1)).isZero();
    assertThat(ledger.see(2)).isZero();
    assertThat(ledger.see(6)).isEqualTo(3);
    assertThat(ledger.gaps()).containsExactly(new Gap(3, 5));
  }

  @Test
  void splitsAGapThatIsFilledInTheMiddle() {
    CounterLedger ledger = new CounterLedger(10, List.of(new Gap(3, 9)));

    assertThat(ledger.see(5)).isEqualTo(2);
    assertThat(ledger.gaps()).containsExactly(new Gap(3, 4), new Gap(6, 9));
    assertThat(ledger.highest()).isEqualTo(10);
  }

  @Test
  void missesNothingBeforeACounterSeenBefore() {
    CounterLedger ledger = new CounterLedger(10, List.of(new Gap(3, 4)));

    assertThat(ledger.see(10)).isZero();
    assertThat(ledger.see(5)).isZero();
    assertThat(ledger.gaps()).containsExactly(new Gap(3, 4));
  }

  /// Whatever order counters come in, the gaps are exactly those not seen.
  @Test
  void endsWithTheSameGapsInAnyOrder() {
    Random random = new Random(20260301);
    for (int round = 0; round < 200; round++) {
      List<Long> counters = new ArrayList<>(LongStream.rangeClosed(1, 40).boxed().toList());
      Collections.shuffle(counters, random);
      List<Long> seen = counters.subList(0, 1 + random.nextInt(40));
      CounterLedger ledger = new CounterLedger(0, List.of());
      seen.forEach(ledger::see);

      TreeSet<Long> missing = new TreeSet<>();
      ledger
          .gaps()
          .forEach(gap -> LongStream.rangeClosed(gap.first(), gap.last()).forEach(missing::add));
      TreeSet<Long> expected =
          new TreeSet<>(LongStream.range(1, Collections.max(seen)).boxed().toList());
      seen.forEach(expected::remove);
      assertThat(missing).isEqualTo(expected);
    }
  }
}
