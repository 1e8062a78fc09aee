package io.tallystick.seed.audit;

import java.util.Locale;

/// What the audit trail tells of.
public enum SecurityEventKind {
  PASSWORD_SET,
  PASSWORD_CHANGED,
  PASSWORD_FAILED,
  PASSWORD_LOCKED,
  PASSWORD_UNLOCKED,
  DEVICE_ENROLLED,
  DEVICE_RENEWED,
  DEVICE_REVOKED,
  DOUBLE_SPEND,
  ISSUER_KEY_CREATED,
  ISSUER_CERTIFICATE_INSTALLED,
  RESEAL_REQUESTED,
  RESEAL_FINISHED;

  /// As stored: `device_revoked`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
