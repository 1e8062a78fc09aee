package io.tallystick.clearing.review;

import java.util.Optional;

/// What an officer wants to become of the money.
public enum Decision {
  /// The merchant is paid.
  RELEASE("release", "review_released", "released after review"),
  /// The payer has it back.
  RETURN("return", "review_returned", "returned after review");

  private final String text;
  private final String rule;
  private final String explanation;

  Decision(String text, String rule, String explanation) {
    this.text = text;
    this.rule = rule;
    this.explanation = explanation;
  }

  /// As it is stored and sent.
  public String text() {
    return text;
  }

  String rule() {
    return rule;
  }

  String explanation() {
    return explanation;
  }

  /// Empty for a text that is no decision.
  public static Optional<Decision> parse(String text) {
    for (Decision decision : values()) {
      if (decision.text.equals(text)) {
        return Optional.of(decision);
      }
    }
    return Optional.empty();
  }
}
