package io.tallystick.clearing.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.Book;
import io.tallystick.clearing.ledger.Bucket;
import io.tallystick.clearing.ledger.Posting;
import io.tallystick.clearing.sweep.SweepRules.Due;
import io.tallystick.clearing.sweep.SweepRules.Swept;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SweepRulesTest {
  private final Book book = new Book(Map.of(), UUID::randomUUID);

  @Test
  void makesOnePostingForEachMerchantAndCurrency() {
    List<Swept> swept =
        SweepRules.sweep(
            book,
            List.of(
                due("p1", "m1", 1, "CNY", 10),
                due("p2", "m2", 1, "CNY", 20),
                due("p3", "m1", 2, "CNY", 30),
                due("p4", "m1", 1, "CNY", 40),
                due("p5", "m1", 1, "USD", 50)),
            UUID::randomUUID);
    assertThat(book.postings()).hasSize(3);
    assertThat(change(AccountRef.payable("m1", "CNY"))).isEqualTo(80);
    assertThat(change(AccountRef.payable("m1", "USD"))).isEqualTo(50);
    assertThat(change(AccountRef.payable("m2", "CNY"))).isEqualTo(20);
    assertThat(change(AccountRef.clearing(new Bucket(1), "CNY"))).isEqualTo(-70);
    assertThat(change(AccountRef.clearing(new Bucket(2), "CNY"))).isEqualTo(-30);
    assertThat(swept).hasSize(5);
    assertThat(swept)
        .allSatisfy(credit ->
            assertThat(book.postings())
                .filteredOn(posting -> posting.postingId().equals(credit.postingId()))
                .extracting(Posting::ownerId)
                .containsExactly(credit.due().merchantId()));
  }

  @Test
  void whatWasGivenBackWholeIsMarkedAndMovesNothing() {
    List<Swept> swept =
        SweepRules.sweep(book, List.of(due("p1", "m1", 1, "CNY", 0)), UUID::randomUUID);
    assertThat(swept).hasSize(1);
    assertThat(book.postings()).isEmpty();
  }

  private long change(AccountRef account) {
    return book.changes().get(account).postedMinor();
  }

  private static Due due(String id, String merchant, int bucket, String currency, long minor) {
    return new Due("payer", id, merchant, new Bucket(bucket), currency, minor);
  }
}
