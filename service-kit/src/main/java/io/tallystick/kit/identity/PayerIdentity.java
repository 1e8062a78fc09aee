package io.tallystick.kit.identity;

/// A payer, by the `sub` claim of an access token.
public record PayerIdentity(String payerId) {
  public PayerIdentity {
    if (payerId.isBlank() || payerId.length() > 128) {
      throw new IllegalArgumentException("payerId has not 1 to 128 characters");
    }
  }
}
