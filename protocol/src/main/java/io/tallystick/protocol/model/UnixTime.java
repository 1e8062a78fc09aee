package io.tallystick.protocol.model;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times on the wire: whole seconds since 1970-01-01 UTC in four bytes, good until 2106. */
public final class UnixTime {
  private static final long MAX_SECONDS = 0xFFFF_FFFFL;

  private UnixTime() {}

  /**
   * The instant in whole seconds.
   *
   * @throws IllegalArgumentException when four bytes do not hold it
   */
  public static Instant wholeSeconds(Instant instant, String field) {
    long seconds = instant.getEpochSecond();
    if (seconds < 0 || seconds > MAX_SECONDS) {
      throw new IllegalArgumentException(field + " is out of range: " + instant);
    }
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }

  public static void write(ByteWriter out, Instant instant) {
    out.u32(instant.getEpochSecond());
  }

  public static Instant read(ByteReader in, String field) {
    Instant instant = Instant.ofEpochSecond(in.u32(field));
    in.explain(instant);
    return instant;
  }
}
