package io.tallystick.clearing.ledger;

/// What an account is for.
public enum AccountKind {
  /// What a payer may spend.
  AVAILABLE("available", OwnerKind.PAYER, false),
  /// What one device of a payer may spend offline.
  ALLOWANCE("allowance", OwnerKind.PAYER, false),
  /// What a payer owes. Negative, or zero.
  ARREARS("arrears", OwnerKind.PAYER, true),
  /// What the platform owes a merchant.
  PAYABLE("payable", OwnerKind.MERCHANT, false),
  /// Paid by the payers of one bucket and not yet swept to merchants.
  CLEARING("clearing", OwnerKind.PLATFORM, false),
  /// The mirror of all money in the system. Negative, or zero.
  BANK("bank", OwnerKind.PLATFORM, true);

  private final String text;
  private final OwnerKind owner;
  private final boolean mayBeNegative;

  AccountKind(String text, OwnerKind owner, boolean mayBeNegative) {
    this.text = text;
    this.owner = owner;
    this.mayBeNegative = mayBeNegative;
  }

  /// As it is stored and shown.
  public String text() {
    return text;
  }

  public OwnerKind owner() {
    return owner;
  }

  public boolean mayBeNegative() {
    return mayBeNegative;
  }

  public static AccountKind parse(String text) {
    for (AccountKind kind : values()) {
      if (kind.text.equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("account kind is unknown: " + text);
  }
}
