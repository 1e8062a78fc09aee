package io.tallystick.kit.event;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/// Makes UUIDs of version 7 (RFC 9562 §5.7): time first, so that indexes grow at their end.
public final class EventIds {
  private EventIds() {}

  public static UUID at(Instant now) {
    return Random.next(now.toEpochMilli());
  }

  /// Made at first use, not when an image is built.
  private static final class Random {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    static UUID next(long millis) {
      long high = (millis << 16) | VERSION_7 | (RANDOM.nextLong() & 0x0fffL);
      long low = VARIANT | (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL);
      return new UUID(high, low);
    }
  }
}
