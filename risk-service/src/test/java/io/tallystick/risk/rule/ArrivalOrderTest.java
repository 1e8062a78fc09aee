package io.tallystick.risk.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.risk.Sample;
import io.tallystick.risk.history.HistoryPool;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.rule.FrequencyRule.Counted;
import io.tallystick.risk.rule.FrequencyRule.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Taps come in any order, and a decision is never taken back. What holds all the same, for every
/// arrival order (docs/adr/0007):
///
/// 1. never more than two taps of any ten seconds are cleared without a question;
/// 2. a tap that is in no ten seconds with three taps is never frozen;
/// 3. if all taps that are near each other lie within one window, exactly the first two to arrive
///    of each such group are cleared: the number of frozen taps doesn't depend on the order, nor
///    does the total when amounts are equal;
/// 4. in general the number of frozen taps lies between what must be frozen for (1) and what may be
///    by (2).
class ArrivalOrderTest {
  private static final int MOST = 2;
  private static final long WINDOW_SECONDS = 10;
  private static final int RUNS = 2_000;

  private static final RuleBook BOOK =
      new RuleBook(
          "v",
          List.of(
              new FrequencyRule(
                  new FrequencyRule.Thresholds(
                      RiskOutcome.FREEZE,
                      List.of(new Window(Duration.ofSeconds(WINDOW_SECONDS), Counted.TAP, MOST))))),
          new Trust(Duration.ZERO, 0));

  /// The counters of the taps that are cleared when they arrive in this order.
  private static Set<Integer> cleared(long[] seconds, List<Integer> order) {
    HistoryPool pool = new HistoryPool();
    Set<Integer> cleared = new HashSet<>();
    for (int tap : order) {
      Observation observation = Sample.tap(tap + 1).at(seconds[tap]).observe();
      if (BOOK.judge(observation, pool.of(observation, BOOK.reach())).outcome()
          == RiskOutcome.CLEAR) {
        cleared.add(tap);
      }
      pool.add(observation);
    }
    return cleared;
  }

  @Test
  void clearsNeverMoreThanTwoOfAnyTenSecondsAndFreezesNothingElse() {
    Random random = new Random(20260301);
    for (int run = 0; run < RUNS; run++) {
      long[] seconds =
          LongStream.generate(() -> random.nextLong(60)).limit(3 + random.nextInt(8)).toArray();
      List<Integer> order = shuffled(seconds.length, random);

      Set<Integer> cleared = cleared(seconds, order);

      String about =
          "seconds %s in order %s".formatted(LongStream.of(seconds).boxed().toList(), order);
      for (int tap = 0; tap < seconds.length; tap++) {
        long start = seconds[tap];
        assertThat(cleared.stream().filter(other -> within(seconds[other], start)).count())
            .as("cleared in the window from %d, %s", start, about)
            .isLessThanOrEqualTo(MOST);
        if (!mayBeFrozen(seconds, tap)) {
          assertThat(cleared).as("tap %d, %s", tap, about).contains(tap);
        }
      }
      int frozen = seconds.length - cleared.size();
      assertThat(frozen)
          .as(about)
          .isBetween(
              mustBeFrozen(seconds),
              (int)
                  IntStream.range(0, seconds.length).filter(t -> mayBeFrozen(seconds, t)).count());
    }
  }

  @Test
  void freezesTheSameNumberInAnyOrderWhenGroupsAreApart() {
    Random random = new Random(7);
    for (int run = 0; run < RUNS; run++) {
      List<Long> seconds = new ArrayList<>();
      int expectedCleared = 0;
      int groups = 1 + random.nextInt(4);
      for (int group = 0; group < groups; group++) {
        int size = 1 + random.nextInt(6);
        expectedCleared += Math.min(size, MOST);
        for (int i = 0; i < size; i++) {
          // Groups begin 100 s apart and are at most a window long.
          seconds.add(group * 100 + random.nextLong(WINDOW_SECONDS + 1));
        }
      }
      long[] all = seconds.stream().mapToLong(Long::longValue).toArray();

      assertThat(cleared(all, shuffled(all.length, random)))
          .as("seconds %s", seconds)
          .hasSize(expectedCleared);
    }
  }

  @Test
  void freezesTheTapThatCompletesTheWindowInArrivalOrder() {
    long[] seconds = {0, 3, 6};
    for (List<Integer> order :
        List.of(
            List.of(0, 1, 2),
            List.of(0, 2, 1),
            List.of(1, 0, 2),
            List.of(1, 2, 0),
            List.of(2, 0, 1),
            List.of(2, 1, 0))) {
      assertThat(cleared(seconds, order)).containsExactlyInAnyOrder(order.get(0), order.get(1));
    }
  }

  /// That the number isn't the same for every set: 0, 5, 10, 15 s freeze two in order and one
  /// otherwise.
  @Test
  void mayFreezeMoreOrLessWhereWindowsOverlap() {
    long[] seconds = {0, 5, 10, 15};

    assertThat(cleared(seconds, List.of(0, 1, 2, 3))).containsExactlyInAnyOrder(0, 1);
    assertThat(cleared(seconds, List.of(0, 1, 3, 2))).containsExactlyInAnyOrder(0, 1, 3);
  }

  private static boolean within(long second, long start) {
    return second >= start && second <= start + WINDOW_SECONDS;
  }

  /// Whether some window holds this tap and at least two others.
  private static boolean mayBeFrozen(long[] seconds, int tap) {
    return LongStream.of(seconds)
        .filter(start -> within(seconds[tap], start))
        .anyMatch(start -> LongStream.of(seconds).filter(s -> within(s, start)).count() > MOST);
  }

  /// The fewest taps without which no window holds three: greedy from the earliest is optimal for
  /// intervals.
  private static int mustBeFrozen(long[] seconds) {
    List<Long> kept = new ArrayList<>();
    for (long second : LongStream.of(seconds).sorted().toArray()) {
      if (kept.size() < MOST || kept.get(kept.size() - MOST) + WINDOW_SECONDS < second) {
        kept.add(second);
      }
    }
    return seconds.length - kept.size();
  }

  private static List<Integer> shuffled(int count, Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(order, random);
    return order;
  }
}
