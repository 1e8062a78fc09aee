package io.tallystick.verify.code;

import static java.util.Objects.requireNonNull;

/// A merchant's name for a refund, unique for its order; the idempotency key of the refund.
///
/// @param value 1 to 64 of `A-Z a-z 0-9 . _ : -`
public record RefundId(String value) {
  public RefundId {
    requireNonNull(value, "value is null");
    if (!value.matches("[A-Za-z0-9._:-]{1,64}")) {
      throw new IllegalArgumentException("refund_id is not 1 to 64 of [A-Za-z0-9._:-]");
    }
  }
}
