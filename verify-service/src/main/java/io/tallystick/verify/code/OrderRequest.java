package io.tallystick.verify.code;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Digest;
import io.tallystick.protocol.model.Money;
import java.util.ArrayList;
import java.util.List;

/// What an order asked for: the body that the same order id must repeat.
///
/// @param codeDigest keyed digest of the twenty digits
/// @param amount to be paid
public record OrderRequest(Digest codeDigest, Money amount) {
  public OrderRequest {
    requireNonNull(codeDigest, "codeDigest is null");
    requireNonNull(amount, "amount is null");
    if (amount.isZero()) {
      throw new IllegalArgumentException("amount is zero");
    }
  }

  /// Names of the fields in which another request differs, as in the proto; never a value.
  public List<String> differencesTo(OrderRequest other) {
    List<String> fields = new ArrayList<>();
    if (!codeDigest.equals(other.codeDigest)) {
      fields.add("code");
    }
    if (amount.amountMinor() != other.amount.amountMinor()) {
      fields.add("amount.amount_minor");
    }
    if (!amount.currency().equals(other.amount.currency())) {
      fields.add("amount.currency");
    }
    return List.copyOf(fields);
  }
}
