package io.tallystick.clearing.payment;

/// How a payment was presented.
public enum InstrumentKind {
  OFFLINE_CODE("offline-code"),
  ONLINE_CODE("online-code"),
  TAP("tap");

  private final String text;

  InstrumentKind(String text) {
    this.text = text;
  }

  /// As it is stored and shown.
  public String text() {
    return text;
  }

  public static InstrumentKind parse(String text) {
    for (InstrumentKind kind : values()) {
      if (kind.text.equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("instrument kind is unknown: " + text);
  }
}
