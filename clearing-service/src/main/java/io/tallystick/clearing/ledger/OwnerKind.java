package io.tallystick.clearing.ledger;

/// Whose account it is.
public enum OwnerKind {
  PAYER("payer"),
  MERCHANT("merchant"),
  PLATFORM("platform");

  private final String text;

  OwnerKind(String text) {
    this.text = text;
  }

  /// As it is stored.
  public String text() {
    return text;
  }

  public static OwnerKind parse(String text) {
    for (OwnerKind kind : values()) {
      if (kind.text.equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("owner kind is unknown: " + text);
  }
}
