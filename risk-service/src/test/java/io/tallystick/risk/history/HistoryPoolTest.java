package io.tallystick.risk.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.risk.Sample;
import io.tallystick.risk.observation.Observation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HistoryPoolTest {
  private static final Reach REACH = new Reach(Duration.ofSeconds(60), Duration.ofHours(1), 5);
  private static final Observation SELF = Sample.tap(9).observe();

  private final HistoryPool pool = new HistoryPool();

  @Test
  void knowsNothingOfAStranger() {
    pool.add(Sample.tap(1).payer("another").observe());

    assertThat(pool.of(SELF, REACH)).isEqualTo(History.EMPTY);
  }

  @Test
  void hasThePaymentsAroundInOrderWithBothEnds() {
    pool.add(Sample.tap(1).at(61).observe("later"));
    pool.add(Sample.tap(2).at(60).observe("end"));
    pool.add(Sample.tap(3).at(-60).observe("begin"));
    pool.add(Sample.tap(4).at(-61).observe("earlier"));
    pool.add(Sample.code().at(0).observe("same time"));
    pool.add(SELF);

    assertThat(pool.of(SELF, REACH).nearby())
        .extracting(KnownPayment::paymentId)
        .containsExactly("begin", "same time", "end");
  }

  @Test
  void keepsTheNearestWhenThereAreTooMany() {
    for (int i = 1; i <= History.MAX_NEARBY + 20; i++) {
      pool.add(Sample.code().at(Sample.NOON.minusMillis(i)).observe("before_" + i));
      pool.add(Sample.code().at(Sample.NOON.plusMillis(i)).observe("after_" + i));
    }

    assertThat(pool.of(SELF, REACH).nearby())
        .hasSize(2 * History.MAX_NEARBY)
        .extracting(KnownPayment::paymentId)
        .contains("before_1", "after_1", "before_" + History.MAX_NEARBY)
        .doesNotContain("before_" + (History.MAX_NEARBY + 1));
  }

  @Test
  void hasTheNearestPaymentsWithAPlaceThatDidNotFail() {
    pool.addPayment("payer-1", Sample.tap(1).at(-1).place(null).known("moves"));
    pool.addPayment("payer-1", Sample.tap(2).at(-2).known("returned", Standing.FAILED));
    pool.addPayment("payer-1", Sample.tap(3).at(-3).known("before"));
    pool.addPayment("payer-1", Sample.tap(4).at(-4).known("too early"));
    pool.addPayment("payer-1", Sample.tap(5).at(3600).known("after"));

    History history = pool.of(SELF, REACH);

    assertThat(history.before()).extracting(KnownPayment::paymentId).isEqualTo("before");
    assertThat(history.after()).extracting(KnownPayment::paymentId).isEqualTo("after");
    assertThat(pool.of(SELF, new Reach(Duration.ZERO, Duration.ofSeconds(3599), 0)).after())
        .isNull();
  }

  @Test
  void hasTheNeighboursByCounterOfTheSameDevice() {
    pool.add(Sample.tap(7).observe());
    pool.add(Sample.tap(5).observe());
    pool.add(Sample.tap(12).observe());
    pool.add(Sample.tap(8).device("00000000000000b2").observe());

    DeviceHistory device = pool.of(SELF, REACH).device();

    assertThat(device.previous()).extracting(tap -> tap.counter().value()).isEqualTo(7L);
    assertThat(device.next()).extracting(tap -> tap.counter().value()).isEqualTo(12L);
  }
}
