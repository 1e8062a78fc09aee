package io.tallystick.clearing.payment;

import static java.util.Objects.requireNonNull;

import io.tallystick.clearing.ledger.Bucket;
import io.tallystick.protocol.model.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a payment owes its merchant, and how far it has come.
///
/// @param returnedMinor given back while the money was still in the bucket
/// @param reversedAt when the payment was taken back whole; null unless it was
/// @param sweepPostingId the posting that took the money to the merchant; null while it is in the
///   bucket
/// @param batchId the settlement batch it is in; null until then
public record Credit(
    String payerId,
    String paymentId,
    String merchantId,
    Bucket bucket,
    Money amount,
    boolean tap,
    Instant clearedAt,
    long returnedMinor,
    @Nullable Instant reversedAt,
    @Nullable UUID sweepPostingId,
    @Nullable String batchId) {
  public Credit {
    requireNonNull(payerId, "payerId is null");
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(merchantId, "merchantId is null");
    requireNonNull(bucket, "bucket is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(clearedAt, "clearedAt is null");
  }

  static Credit of(PaymentTerms terms, boolean tap, Instant clearedAt) {
    return new Credit(
        terms.payerId(),
        terms.paymentId(),
        terms.merchantId(),
        Bucket.of(terms.payerId()),
        terms.amount(),
        tap,
        clearedAt,
        0,
        null,
        null,
        null);
  }

  public boolean isSwept() {
    return sweepPostingId != null;
  }

  Credit returned(long moreMinor) {
    return new Credit(
        payerId,
        paymentId,
        merchantId,
        bucket,
        amount,
        tap,
        clearedAt,
        returnedMinor + moreMinor,
        reversedAt,
        sweepPostingId,
        batchId);
  }

  Credit reversed(Instant at) {
    return new Credit(
        payerId,
        paymentId,
        merchantId,
        bucket,
        amount,
        tap,
        clearedAt,
        returnedMinor,
        at,
        sweepPostingId,
        batchId);
  }
}
