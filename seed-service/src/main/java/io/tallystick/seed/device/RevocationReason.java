package io.tallystick.seed.device;

import java.util.Locale;

/// Why a device may pay no more.
public enum RevocationReason {
  /// The payer enrolled another.
  REPLACED,
  PAYER_REQUEST,
  /// Two tokens with one serial.
  DOUBLE_SPEND,
  OPERATOR;

  /// As in `DeviceRevoked`: `double_spend`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static RevocationReason parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
