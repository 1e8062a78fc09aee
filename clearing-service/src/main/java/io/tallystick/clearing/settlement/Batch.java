package io.tallystick.clearing.settlement;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What one merchant is owed for one day in one currency.
///
/// @param grossMinor sum of the payments
/// @param returnedMinor refunds deducted, never more than the gross
/// @param carriedMinor refunds beyond the gross, deducted from the next batch
/// @param netMinor what is paid out
/// @param closedAt null while it is being filled
public record Batch(
    String batchId,
    Key key,
    long grossMinor,
    long returnedMinor,
    long carriedMinor,
    long netMinor,
    int paymentCount,
    @Nullable Instant closedAt) {
  public Batch {
    requireNonNull(batchId, "batchId is null");
    requireNonNull(key, "key is null");
  }

  /// What there is one batch for.
  public record Key(String merchantId, LocalDate day, String currency) {
    public Key {
      requireNonNull(merchantId, "merchantId is null");
      requireNonNull(day, "day is null");
      requireNonNull(currency, "currency is null");
    }
  }

  boolean isClosed() {
    return closedAt != null;
  }
}
