package io.tallystick.protocol.code;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;

/** Makes online codes: the network's prefix and eighteen random digits. */
public final class OnlineCodes {
  /** How long one may be shown. */
  public static final Duration VALIDITY = Duration.ofSeconds(60);

  private static final long VALUES = 1_000_000_000_000_000_000L;

  private OnlineCodes() {}

  public static PaymentCode.OnlineCode generate(CodeNetwork network, SecureRandom random) {
    return new PaymentCode.OnlineCode(
        network.onlinePrefix() + String.format(Locale.ROOT, "%018d", random.nextLong(VALUES)));
  }
}
