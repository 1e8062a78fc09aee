package io.tallystick.risk.observation;

/// How a payment was presented.
public enum Way {
  OFFLINE_CODE,
  ONLINE_CODE,
  TAP;

  public boolean isTap() {
    return this == TAP;
  }
}
