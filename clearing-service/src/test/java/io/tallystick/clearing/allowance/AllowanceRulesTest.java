package io.tallystick.clearing.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.Balance;
import io.tallystick.clearing.ledger.Book;
import io.tallystick.protocol.model.Money;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowanceRulesTest {
  private static final AccountRef AVAILABLE = AccountRef.available("alice", "CNY");
  private static final AccountRef NEW = AccountRef.allowance("alice", "new", "CNY");
  private static final AccountRef OLD = AccountRef.allowance("alice", "old", "CNY");

  @ParameterizedTest
  @CsvSource({
    // available, new, new held, old, old held, target, answer, available left, old left
    "100,   0,  0,  0,  0,  60,  60,  40,  0",
    "100,   0,  0,  0,  0, 160, 100,   0,  0",
    "100,  20,  0,  0,  0,  60,  60,  60,  0",
    "100,  80,  0,  0,  0,  60,  60, 120,  0",
    "100,  80, 30,  0,  0,  60,  60,  90,  0",
    " 10,   0,  0, 50,  0,  60,  60,   0,  0",
    " 10,   0,  0, 50, 20,  60,  40,   0, 20",
    "100,  80,  0,  0,  0,   0,   0, 180,  0",
  })
  void makesTheAllowanceWhatItShouldBe(
      long available,
      long held,
      long heldOfNew,
      long old,
      long heldOfOld,
      long target,
      long answer,
      long availableLeft,
      long oldLeft) {
    Book book =
        new Book(
            Map.of(
                AVAILABLE, new Balance(available, 0),
                NEW, new Balance(held, heldOfNew),
                OLD, new Balance(old, heldOfOld)),
            UUID::randomUUID);
    assertThat(AllowanceRules.apply(book, request(target, List.of("old")))).isEqualTo(answer);
    assertThat(book.balance(AVAILABLE).postedMinor()).isEqualTo(availableLeft);
    assertThat(book.balance(NEW).freeMinor()).isEqualTo(answer);
    assertThat(book.balance(OLD).postedMinor()).isEqualTo(oldLeft);
  }

  @Test
  void anAllowanceIsEmptyOnlyWhenNothingOfItIsHeld() {
    Book book =
        new Book(Map.of(OLD, new Balance(50, 20), NEW, new Balance(30, 0)), UUID::randomUUID);

    assertThat(AllowanceRules.giveBack(book, OLD, "k")).isFalse();
    assertThat(book.balance(OLD)).isEqualTo(new Balance(20, 20));
    assertThat(AllowanceRules.giveBack(book, NEW, "k")).isTrue();
    assertThat(book.changes().get(AVAILABLE).postedMinor()).isEqualTo(60);
  }

  @Test
  void aDeviceDoesntReplaceItself() {
    assertThatIllegalArgumentException().isThrownBy(() -> request(1, List.of("new")));
  }

  private static AllowanceRequest request(long target, List<String> released) {
    return new AllowanceRequest("k", "alice", "new", Money.of(target, "CNY"), released);
  }
}
