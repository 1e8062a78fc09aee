package io.tallystick.seed.device;

import java.util.Locale;

/// Where a device stands.
public enum DeviceState {
  /// Enrolment has begun; the allowance is not held yet. Can do nothing.
  PENDING,
  /// May pay.
  LIVE,
  /// Was live and may pay no more.
  REVOKED,
  /// Was pending when another enrolment took its place. Was never of use.
  ABANDONED;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static DeviceState parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
