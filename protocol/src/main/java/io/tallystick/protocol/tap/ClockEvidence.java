package io.tallystick.protocol.tap;

import io.tallystick.protocol.model.UnixTime;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import java.time.Duration;
import java.time.Instant;

/**
 * What a device's clock can be held against: the last server time it saw and the monotonic seconds
 * since. Eight bytes.
 *
 * @param lastServerTime whole seconds; 1970-01-01 when none was ever seen
 * @param elapsedSeconds on a clock the user cannot set, 0 to 2³²−1
 */
public record ClockEvidence(Instant lastServerTime, long elapsedSeconds) {
  public static final int LENGTH = 8;

  /** No server time was ever seen. */
  public static final ClockEvidence NONE = new ClockEvidence(Instant.EPOCH, 0);

  public ClockEvidence {
    lastServerTime = UnixTime.wholeSeconds(lastServerTime, "lastServerTime");
    if (elapsedSeconds < 0 || elapsedSeconds > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("elapsedSeconds is out of range: " + elapsedSeconds);
    }
  }

  /** What the time should be. */
  public Instant impliedTime() {
    return lastServerTime.plusSeconds(elapsedSeconds);
  }

  /** How far a claimed time is ahead of the implied one; negative when behind. */
  public Duration aheadBy(Instant claimed) {
    return Duration.between(impliedTime(), claimed);
  }

  public boolean isPresent() {
    return !lastServerTime.equals(Instant.EPOCH);
  }

  static ClockEvidence read(ByteReader in) {
    Instant lastServerTime = UnixTime.read(in, "last server time");
    return new ClockEvidence(lastServerTime, in.u32("elapsed seconds"));
  }

  void write(ByteWriter out) {
    UnixTime.write(out, lastServerTime);
    out.u32(elapsedSeconds);
  }
}
