package io.tallystick.seed.password.rest;

import io.tallystick.seed.password.PaymentPassword;
import io.tallystick.seed.rest.Fields;

/// Makes a payment password from a request's field.
public final class PasswordField {
  private PasswordField() {}

  /// @throws io.tallystick.kit.error.ApiException `FIELD_MALFORMED`
  public static PaymentPassword parse(String field, String text) {
    if (!PaymentPassword.isWellFormed(text)) {
      throw Fields.malformed(field, "is not 1 to 64 printable ASCII characters");
    }
    return new PaymentPassword(text);
  }
}
