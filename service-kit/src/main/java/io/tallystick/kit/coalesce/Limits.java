package io.tallystick.kit.coalesce;

import java.time.Duration;

/// Bounds of a [Coalescer].
///
/// @param queue most requests waiting; one more is rejected
/// @param batch most requests in one batch
/// @param drainers batches executed at the same time; each takes a database connection
/// @param patience longest time that [Coalescer#call] waits for an answer
/// @param gather how long a drainer that comes back from several requests to fewer lets more come;
///   nobody waits for it while requests come one at a time
public record Limits(int queue, int batch, int drainers, Duration patience, Duration gather) {
  private static final int MOST = 1_000_000;

  public Limits {
    inRange("queue", queue, MOST);
    inRange("batch", batch, queue);
    inRange("drainers", drainers, 64);
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("patience is not positive: " + patience);
    }
    if (gather.isNegative() || gather.compareTo(patience) >= 0) {
      throw new IllegalArgumentException("gather is not within 0 and patience: " + gather);
    }
  }

  /// Without gathering.
  public Limits(int queue, int batch, int drainers, Duration patience) {
    this(queue, batch, drainers, patience, Duration.ZERO);
  }

  public static Limits of(int queue, int batch, int drainers) {
    return new Limits(queue, batch, drainers, Duration.ofSeconds(10));
  }

  public Limits gathering(Duration time) {
    return new Limits(queue, batch, drainers, patience, time);
  }

  private static void inRange(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " is not within 1.." + most + ": " + value);
    }
  }
}
