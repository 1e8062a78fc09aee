package io.tallystick.clearing.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.clearing.payment.PaymentTerms;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.tap.TapHalf;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One side's half of a tap, as verify-service found it good.
///
/// @param tokenDigest SM3 of the token, in hexadecimal
/// @param receipt what the receipt in this half says; null without one
/// @param late uploaded later than the grace period after the tap
public record Half(
    PaymentTerms terms,
    TapHalf.Side side,
    Instant tappedAt,
    Instant receivedAt,
    String tokenDigest,
    @Nullable Receipt receipt,
    boolean poweredOff,
    boolean late,
    int missingCounters) {
  public Half {
    requireNonNull(terms, "terms is null");
    requireNonNull(side, "side is null");
    requireNonNull(tappedAt, "tappedAt is null");
    requireNonNull(receivedAt, "receivedAt is null");
    requireNonNull(tokenDigest, "tokenDigest is null");
  }

  /// What the terminal signed that it accepted.
  ///
  /// @param digest SM3 of the receipt, in hexadecimal
  public record Receipt(String digest, Money amount, String merchantId) {
    public Receipt {
      requireNonNull(digest, "digest is null");
      requireNonNull(amount, "amount is null");
      requireNonNull(merchantId, "merchantId is null");
    }
  }

  /// As it is stored and shown.
  public static String text(TapHalf.Side side) {
    return switch (side) {
      case WALLET -> "wallet";
      case TERMINAL -> "terminal";
    };
  }
}
