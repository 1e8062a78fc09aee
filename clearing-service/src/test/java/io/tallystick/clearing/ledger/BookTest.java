package io.tallystick.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.clearing.ledger.Book.Part;
import io.tallystick.clearing.ledger.Posting.Entry;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BookTest {
  private static final AccountRef AVAILABLE = AccountRef.available("alice", "CNY");
  private static final AccountRef ALLOWANCE = AccountRef.allowance("alice", "00ff", "CNY");
  private static final AccountRef BUCKET = AccountRef.clearing(Bucket.of("alice"), "CNY");

  private final Book book =
      new Book(
          Map.of(AVAILABLE, new Balance(100, 30), ALLOWANCE, new Balance(50, 0)), UUID::randomUUID);

  @Test
  void takesFromTheFirstSourceFirst() {
    assertThat(book.parts(List.of(ALLOWANCE, AVAILABLE), 60))
        .containsExactly(new Part(ALLOWANCE, 50), new Part(AVAILABLE, 10));
    assertThat(book.parts(List.of(ALLOWANCE, AVAILABLE), 50))
        .containsExactly(new Part(ALLOWANCE, 50));
  }

  @Test
  void givesNoPartsWhenAllSourcesHaveTooLittle() {
    assertThat(book.parts(List.of(ALLOWANCE, AVAILABLE), 120)).hasSize(2);
    assertThat(book.parts(List.of(ALLOWANCE, AVAILABLE), 121)).isNull();
  }

  @Test
  void seesItsOwnMoves() {
    book.post(
        PostingKind.PAYMENT,
        "alice",
        "p1",
        "",
        List.of(new Entry(AVAILABLE, -70), new Entry(BUCKET, 70)));
    assertThat(book.balance(AVAILABLE).freeMinor()).isZero();
    assertThat(book.parts(List.of(AVAILABLE), 1)).isNull();
  }

  @Test
  void refusesToMoveMoreThanThereIs() {
    assertThatThrownBy(() ->
            book.post(
                PostingKind.PAYMENT,
                "alice",
                "p1",
                "",
                List.of(new Entry(AVAILABLE, -71), new Entry(BUCKET, 71))))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> book.hold(new Hold("alice", "p1", ALLOWANCE, 51)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void refusesEntriesThatDontSumToZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            book.post(
                PostingKind.PAYMENT,
                "alice",
                "p1",
                "",
                List.of(new Entry(AVAILABLE, -70), new Entry(BUCKET, 69))))
        .withMessageContaining("-1 CNY");
  }

  @Test
  void zeroSumIsByCurrency() {
    AccountRef dollars = AccountRef.clearing(Bucket.of("alice"), "USD");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            book.post(
                PostingKind.PAYMENT,
                "alice",
                "p1",
                "",
                List.of(new Entry(AVAILABLE, -70), new Entry(dollars, 70))));
  }

  @Test
  void heldMoneyIsFreeAgainWhenTheHoldEnds() {
    Hold hold = new Hold("alice", "p1", ALLOWANCE, 50);
    book.hold(hold);
    assertThat(book.balance(ALLOWANCE).freeMinor()).isZero();
    book.end(hold, HoldState.VOIDED);
    assertThat(book.balance(ALLOWANCE)).isEqualTo(new Balance(50, 0));
    assertThat(book.changes().get(ALLOWANCE)).isEqualTo(new Book.Change(0, 0));
  }

  @Test
  void locksPayersBeforeBucketsBeforeMerchantsBeforeTheBank() {
    assertThat(
            List.of(
                    AccountRef.bank("CNY"),
                    AccountRef.payable("a", "CNY"),
                    BUCKET,
                    AccountRef.available("zoe", "CNY"),
                    AVAILABLE)
                .stream()
                .sorted())
        .containsExactly(
            AVAILABLE,
            AccountRef.available("zoe", "CNY"),
            BUCKET,
            AccountRef.payable("a", "CNY"),
            AccountRef.bank("CNY"));
  }

  @Test
  void payersKeepTheirBucketAndSpreadOverAll() {
    assertThat(Bucket.of("alice").number()).isEqualTo(9);
    assertThat(Bucket.of("payer-1").number()).isEqualTo(1);
    long used =
        java.util.stream.IntStream.range(0, 1000)
            .map(i -> Bucket.of("payer-" + i).number())
            .distinct()
            .count();
    assertThat(used).isEqualTo(Bucket.COUNT);
  }
}
