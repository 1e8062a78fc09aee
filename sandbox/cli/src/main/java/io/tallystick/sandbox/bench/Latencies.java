package io.tallystick.sandbox.bench;

import java.util.Arrays;

/// How long calls took. Safe for several threads.
final class Latencies {
  private long[] nanos = new long[1024];
  private int count;

  synchronized void add(long took) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = took;
  }

  synchronized int count() {
    return count;
  }

  /// In milliseconds; 0 when nothing was measured.
  synchronized double percentileMillis(double percent) {
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int index = (int) Math.ceil(percent / 100 * count) - 1;
    return sorted[Math.clamp(index, 0, count - 1)] / 1e6;
  }
}
