package io.tallystick.clearing.ledger;

/// What moved the money.
public enum PostingKind {
  /// Bank → payer or merchant.
  DEPOSIT("deposit"),
  /// Payer → clearing bucket. Once for each payment.
  PAYMENT("payment"),
  /// Clearing bucket or merchant → payer, whole. Once for each payment.
  REVERSAL("reversal"),
  /// Clearing bucket or merchant → payer. Once for each refund id.
  REFUND("refund"),
  /// Between a payer's balance and a device's allowance.
  ALLOWANCE("allowance"),
  /// Clearing bucket → merchant.
  SWEEP("sweep"),
  /// Merchant → bank.
  SETTLEMENT("settlement");

  private final String text;

  PostingKind(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
