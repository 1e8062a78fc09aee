package io.tallystick.kit.event;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.concurrent.ThreadLocalRandom;

/// The counter beside each stream in Redis that shows whether Redis lost something. It rises with
/// every batch, and the last value is kept in `outbox_partition`.
///
/// It begins at a random number. Batches whose answer never came count too, so a counter that began
/// at zero after a loss could pass the value kept, and the loss would never be seen.
final class Beat {
  /// Least and most that a counter begins at: far from what an absent one would count to.
  private static final long LEAST_BEGINNING = 1L << 40;

  private static final long MOST_BEGINNING = 1L << 62;

  /// Batches in a row that may have been counted without an answer: more than a relay sends in days
  /// of trying.
  private static final long MOST_UNANSWERED = 1L << 24;

  private Beat() {}

  /// Begins the counter if there is none.
  static Request begin(Partition partition) {
    long beginning = ThreadLocalRandom.current().nextLong(LEAST_BEGINNING, MOST_BEGINNING);
    return Request.cmd(Command.SET)
        .arg(partition.stream().beatKey(partition.number()))
        .arg(Long.toString(beginning))
        .arg("NX");
  }

  /// Counts a batch; the answer is the new value.
  static Request count(Partition partition) {
    return Request.cmd(Command.INCR).arg(partition.stream().beatKey(partition.number()));
  }

  /// Whether a counter that was kept as `kept` is not the one that is `now`.
  ///
  /// @param kept 0 if nothing was ever published, or after a loss
  /// @param now 0 if absent
  static boolean lost(long kept, long now) {
    return now < kept || (kept > 0 && now - kept > MOST_UNANSWERED);
  }

  /// As [#lost], for an answer to [#count]: it has to be above the one kept.
  static boolean lostAfter(long kept, long now) {
    return now == kept || lost(kept, now);
  }
}
