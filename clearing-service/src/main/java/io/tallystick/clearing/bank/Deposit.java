package io.tallystick.clearing.bank;

import static java.util.Objects.requireNonNull;

import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.OwnerKind;
import io.tallystick.protocol.model.Money;
import java.util.ArrayList;
import java.util.List;

/// Money that came from the bank for an owner.
///
/// @param bankReference the bank's own; credits once
public record Deposit(String bankReference, OwnerKind ownerKind, String ownerId, Money amount) {
  private static final int LONGEST = 128;

  public Deposit {
    requireNonNull(ownerKind, "ownerKind is null");
    requireText("bank_reference", bankReference);
    requireText("owner_id", ownerId);
    if (ownerKind == OwnerKind.PLATFORM) {
      throw new IllegalArgumentException("owner_kind is not a payer or a merchant");
    }
    if (amount.isZero()) {
      throw new IllegalArgumentException("amount_minor is zero");
    }
  }

  /// The account it is credited to.
  public AccountRef account() {
    return ownerKind == OwnerKind.PAYER
        ? AccountRef.available(ownerId, amount.currency())
        : AccountRef.payable(ownerId, amount.currency());
  }

  /// Names of the fields in which the deposits differ, comma-separated; empty if none.
  String difference(Deposit other) {
    List<String> fields = new ArrayList<>();
    if (ownerKind != other.ownerKind) {
      fields.add("owner_kind");
    }
    if (!ownerId.equals(other.ownerId)) {
      fields.add("owner_id");
    }
    if (amount.amountMinor() != other.amount.amountMinor()) {
      fields.add("amount_minor");
    }
    if (!amount.currency().equals(other.amount.currency())) {
      fields.add("currency");
    }
    return String.join(", ", fields);
  }

  private static void requireText(String field, String value) {
    if (value.isEmpty() || value.length() > LONGEST) {
      throw new IllegalArgumentException(field + " has a length of " + value.length());
    }
  }
}
