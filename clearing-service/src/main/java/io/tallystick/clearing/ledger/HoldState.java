package io.tallystick.clearing.ledger;

/// Phase of a two-phase transfer. [#POSTED] and [#VOIDED] are final.
public enum HoldState {
  PENDING("pending"),
  POSTED("posted"),
  VOIDED("voided");

  private final String text;

  HoldState(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
