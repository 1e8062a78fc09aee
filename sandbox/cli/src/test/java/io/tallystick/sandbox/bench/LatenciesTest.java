package io.tallystick.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void percentilesAreTheSmallestThatSoManyDoNotExceed() {
    Latencies latencies = new Latencies();
    for (int millis = 5_000; millis >= 1; millis--) {
      latencies.add(millis * 1_000_000L);
    }
    assertThat(latencies.count()).isEqualTo(5_000);
    assertThat(latencies.percentileMillis(50)).isEqualTo(2_500);
    assertThat(latencies.percentileMillis(99)).isEqualTo(4_950);
    assertThat(latencies.percentileMillis(100)).isEqualTo(5_000);
  }

  @Test
  void nothingMeasuredIsZero() {
    assertThat(new Latencies().percentileMillis(99)).isZero();
  }
}
