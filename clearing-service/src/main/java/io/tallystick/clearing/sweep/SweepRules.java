package io.tallystick.clearing.sweep;

import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.Book;
import io.tallystick.clearing.ledger.Bucket;
import io.tallystick.clearing.ledger.Posting.Entry;
import io.tallystick.clearing.ledger.PostingKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/// Turns credits that wait in buckets into one posting for each merchant.
final class SweepRules {
  private SweepRules() {}

  /// A credit that waits, with what of it is still in the bucket.
  record Due(
      String payerId,
      String paymentId,
      String merchantId,
      Bucket bucket,
      String currency,
      long dueMinor) {}

  /// A credit with the posting that took it.
  record Swept(Due due, UUID postingId) {}

  private record Creditor(String merchantId, String currency) {}

  /// Posts what is due, merchant by merchant. A merchant whose payments all went back gets a sweep
  /// without a posting.
  static List<Swept> sweep(Book book, List<Due> dues, Supplier<UUID> ids) {
    Map<Creditor, List<Due>> byCreditor = new LinkedHashMap<>();
    for (Due due : dues) {
      byCreditor
          .computeIfAbsent(new Creditor(due.merchantId(), due.currency()), _ -> new ArrayList<>())
          .add(due);
    }
    List<Swept> swept = new ArrayList<>(dues.size());
    byCreditor.forEach((creditor, together) -> {
      UUID postingId = post(book, creditor, together, ids);
      together.forEach(due -> swept.add(new Swept(due, postingId)));
    });
    return swept;
  }

  private static UUID post(Book book, Creditor creditor, List<Due> together, Supplier<UUID> ids) {
    Map<Integer, Long> byBucket = new TreeMap<>();
    together.forEach(due -> byBucket.merge(due.bucket().number(), due.dueMinor(), Math::addExact));
    byBucket.values().removeIf(sum -> sum == 0);
    if (byBucket.isEmpty()) {
      return ids.get();
    }
    List<Entry> entries = new ArrayList<>(byBucket.size() + 1);
    long totalMinor = 0;
    for (Map.Entry<Integer, Long> bucket : byBucket.entrySet()) {
      AccountRef account = AccountRef.clearing(new Bucket(bucket.getKey()), creditor.currency());
      entries.add(new Entry(account, -bucket.getValue()));
      totalMinor = Math.addExact(totalMinor, bucket.getValue());
    }
    AccountRef payable = AccountRef.payable(creditor.merchantId(), creditor.currency());
    entries.add(new Entry(payable, totalMinor));
    return book.post(PostingKind.SWEEP, creditor.merchantId(), null, "", entries);
  }
}
