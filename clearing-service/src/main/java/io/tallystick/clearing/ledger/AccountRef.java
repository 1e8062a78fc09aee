package io.tallystick.clearing.ledger;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Which account: made of what the account is, so that finding or opening one needs no lookup.
///
/// The order is that in which transactions lock accounts: payers first, then clearing buckets, then
/// merchants, then the bank; the ones that most transactions want, last and shortest.
///
/// @param deviceId the device of an allowance, null for every other kind
public record AccountRef(
    AccountKind kind, String ownerId, String currency, @Nullable String deviceId)
    implements Comparable<AccountRef> {
  /// The lock class of the bank.
  public static final int LAST_LOCK_CLASS = 3;

  private static final Comparator<AccountRef> LOCK_ORDER =
      Comparator.comparingInt(AccountRef::lockClass)
          .thenComparing(AccountRef::ownerId)
          .thenComparing(AccountRef::accountId);

  public AccountRef {
    requireNonNull(kind, "kind is null");
    requireNonNull(ownerId, "ownerId is null");
    requireNonNull(currency, "currency is null");
    if (ownerId.isEmpty()) {
      throw new IllegalArgumentException("ownerId is empty");
    }
    if ((kind == AccountKind.ALLOWANCE) != (deviceId != null)) {
      throw new IllegalArgumentException("deviceId does not go with account kind " + kind);
    }
  }

  public static AccountRef available(String payerId, String currency) {
    return new AccountRef(AccountKind.AVAILABLE, payerId, currency, null);
  }

  public static AccountRef allowance(String payerId, String deviceId, String currency) {
    return new AccountRef(AccountKind.ALLOWANCE, payerId, currency, deviceId);
  }

  public static AccountRef clearing(Bucket bucket, String currency) {
    return new AccountRef(AccountKind.CLEARING, bucket.ownerId(), currency, null);
  }

  public static AccountRef payable(String merchantId, String currency) {
    return new AccountRef(AccountKind.PAYABLE, merchantId, currency, null);
  }

  public static AccountRef bank(String currency) {
    return new AccountRef(AccountKind.BANK, "bank", currency, null);
  }

  /// `payer:alice:available:CNY`, `payer:alice:allowance:CNY:00f1…`,
  /// `platform:bucket-07:clearing:CNY`.
  public String accountId() {
    String id = kind.owner().text() + ":" + ownerId + ":" + kind.text() + ":" + currency;
    return deviceId == null ? id : id + ":" + deviceId;
  }

  @Override
  public int compareTo(AccountRef other) {
    return LOCK_ORDER.compare(this, other);
  }

  /// 0 for payers to [#LAST_LOCK_CLASS] for the bank: the coarse part of the lock order.
  public int lockClass() {
    return switch (kind) {
      case AVAILABLE, ALLOWANCE, ARREARS -> 0;
      case CLEARING -> 1;
      case PAYABLE -> 2;
      case BANK -> LAST_LOCK_CLASS;
    };
  }
}
