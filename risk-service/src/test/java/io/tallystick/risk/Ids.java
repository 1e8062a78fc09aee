package io.tallystick.risk;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// Fresh ids, so that tests share a database without meeting.
public final class Ids {
  private Ids() {}

  public static String fresh(String prefix) {
    return prefix + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  public static String device() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
