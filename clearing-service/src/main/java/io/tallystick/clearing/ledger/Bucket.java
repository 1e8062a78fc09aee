package io.tallystick.clearing.ledger;

import java.util.Locale;

/// One of the platform's clearing accounts. A payer always pays into the same one, so that a
/// payment touches the payer's accounts and one bucket, and never the merchant's account: a
/// merchant whom everybody pays at once is credited by the sweep, a batch at a time.
///
/// @param number 0 to 15
public record Bucket(int number) {
  /// How many there are. Stored credits name their bucket, so this number may grow.
  public static final int COUNT = 16;

  public Bucket {
    if (number < 0 || number >= COUNT) {
      throw new IllegalArgumentException("bucket is out of range: " + number);
    }
  }

  /// By [String#hashCode], whose value the Java platform fixes.
  public static Bucket of(String payerId) {
    int hash = payerId.hashCode();
    return new Bucket(Math.floorMod(hash ^ (hash >>> 16), COUNT));
  }

  String ownerId() {
    return String.format(Locale.ROOT, "bucket-%02d", number);
  }
}
