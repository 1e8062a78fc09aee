package io.tallystick.kit.event;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.concurrent.ThreadLocalRandom;

/// The counter beside each stream in Redis that shows whether Redis lost something. It rises with
/// every batch, and the last value is kept in `outbox_partition`.
///
/// Only the very value that is kept says that nothing was lost. Each step is random: batches whose
/// answer never came count too, and by steps of one they could bring a counter that had lost its
/// latest batches back to where it was.
final class Beat {
  /// So small that the counter lasts for centuries.
  private static final long LONGEST_STEP = 1L << 24;

  private Beat() {}

  /// How far a batch is to raise the counter.
  static long step() {
    return ThreadLocalRandom.current().nextLong(1, LONGEST_STEP);
  }

  /// Counts a batch; the answer is the new value.
  static Request count(Partition partition, long step) {
    return Request.cmd(Command.INCRBY)
        .arg(partition.stream().beatKey(partition.number()))
        .arg(step);
  }

  /// Whether a counter that was kept as `kept` is not the one that is `now`. It is neither if a
  /// batch was counted whose answer never came, which is held for a loss.
  ///
  /// @param kept 0 if nothing was ever published, or after a loss
  /// @param now 0 if absent
  static boolean lost(long kept, long now) {
    return kept != 0 && now != kept;
  }

  /// As [#lost], for an answer to [#count].
  static boolean lostAfter(long kept, long step, long now) {
    return lost(kept, now - step);
  }
}
