package io.tallystick.kit.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BeatTest {
  private static final long KEPT = 1L << 50;
  private static final long STEP = 4_711;

  @Test
  void nothingIsLostWhileTheCounterIsTheOneKept() {
    assertThat(Beat.lost(KEPT, KEPT)).isFalse();
    assertThat(Beat.lostAfter(KEPT, STEP, KEPT + STEP)).isFalse();
  }

  @Test
  void anyOtherCounterShowsALoss() {
    assertThat(Beat.lost(KEPT, 0)).isTrue();
    assertThat(Beat.lost(KEPT, KEPT - 1)).isTrue();
    assertThat(Beat.lost(KEPT, KEPT + 1)).isTrue();
    assertThat(Beat.lostAfter(KEPT, STEP, STEP)).isTrue();
    assertThat(Beat.lostAfter(KEPT, STEP, KEPT)).isTrue();
    assertThat(Beat.lostAfter(KEPT, STEP, KEPT + STEP + 1)).isTrue();
  }

  @Test
  void nothingCanBeLostWhereNothingWasKept() {
    assertThat(Beat.lost(0, 0)).isFalse();
    assertThat(Beat.lost(0, KEPT)).isFalse();
    assertThat(Beat.lostAfter(0, STEP, STEP)).isFalse();
    assertThat(Beat.lostAfter(0, STEP, KEPT + STEP)).isFalse();
  }

  @Test
  void stepsDiffer() {
    assertThat(Beat.step()).isPositive().isNotEqualTo(Beat.step());
  }
}
