package io.tallystick.clearing.ledger;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Money that moved, once and for all.
///
/// @param ownerId whom the posting belongs to (the distribution key): the payer, or the merchant of
///   a sweep or settlement
/// @param paymentId the payment of a payment, reversal or refund; null for others
/// @param reference refund id, bank reference, batch id or allowance key; empty for a payment
public record Posting(
    UUID postingId,
    PostingKind kind,
    String ownerId,
    @Nullable String paymentId,
    String reference,
    List<Entry> entries) {
  /// Most entries of one posting: the lines are numbered by a `smallint`.
  public static final int MOST_ENTRIES = 1000;

  public Posting {
    requireNonNull(postingId, "postingId is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(ownerId, "ownerId is null");
    requireNonNull(reference, "reference is null");
    entries = List.copyOf(entries);
    if (entries.size() < 2 || entries.size() > MOST_ENTRIES) {
      throw new IllegalArgumentException("a posting has 2 to 1000 entries, not " + entries.size());
    }
    requireZeroSum(entries);
  }

  /// One account's part: positive adds to what its owner may claim.
  public record Entry(AccountRef account, long amountMinor) {
    public Entry {
      requireNonNull(account, "account is null");
      if (amountMinor == 0) {
        throw new IllegalArgumentException("amountMinor is zero");
      }
    }
  }

  private static void requireZeroSum(List<Entry> entries) {
    Map<String, Long> sums = new HashMap<>();
    for (Entry entry : entries) {
      sums.merge(entry.account().currency(), entry.amountMinor(), Math::addExact);
    }
    sums.forEach((currency, sum) -> {
      if (sum != 0) {
        throw new IllegalArgumentException(
            "entries sum to " + sum + " " + currency + " instead of zero");
      }
    });
  }
}
