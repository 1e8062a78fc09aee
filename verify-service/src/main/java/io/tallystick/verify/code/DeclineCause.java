package io.tallystick.verify.code;

import java.util.Arrays;

/// Why an order was declined; what a terminal may show is in `api/README.md`.
public enum DeclineCause {
  /// Wrong, expired, used, revoked or unknown: not told apart.
  CODE_REFUSED("code_refused"),
  INSUFFICIENT_FUNDS("insufficient_funds"),
  AMOUNT_LIMIT("amount_limit"),
  RISK_REFUSED("risk_refused"),
  REVERSED("reversed"),
  CURRENCY("currency");

  private final String label;

  DeclineCause(String label) {
    this.label = label;
  }

  /// The name in the database.
  public String label() {
    return label;
  }

  public static DeclineCause ofLabel(String label) {
    return Arrays.stream(values())
        .filter(cause -> cause.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("decline cause is unknown: " + label));
  }

  /// From what clearing-service says of a declined payment.
  public static DeclineCause ofClearing(String reason) {
    return switch (reason) {
      case "insufficient_funds", "unknown_account" -> INSUFFICIENT_FUNDS;
      case "instrument_used" -> CODE_REFUSED;
      case "reversed" -> REVERSED;
      case "currency" -> CURRENCY;
      default ->
          throw new IllegalArgumentException("clearing decline reason is unknown: " + reason);
    };
  }
}
