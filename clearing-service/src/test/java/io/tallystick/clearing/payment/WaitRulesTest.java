package io.tallystick.clearing.payment;

import static io.tallystick.clearing.payment.Works.ALLOWANCE;
import static io.tallystick.clearing.payment.Works.AVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.Balance;
import io.tallystick.clearing.ledger.Book.EndedHold;
import io.tallystick.clearing.ledger.Bucket;
import io.tallystick.clearing.ledger.Hold;
import io.tallystick.clearing.ledger.HoldState;
import io.tallystick.clearing.ledger.Posting;
import io.tallystick.clearing.ledger.Posting.Entry;
import io.tallystick.clearing.ledger.PostingKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitRulesTest {
  private static final Reason REASON = Reason.of("challenge_passed", "the payer passed");
  private static final AccountRef BUCKET = AccountRef.clearing(Bucket.of("alice"), "CNY");

  private final Work work =
      Works.on(Map.of(AVAILABLE, new Balance(100, 70), ALLOWANCE, new Balance(40, 30)));

  @ParameterizedTest
  @CsvSource({"code, paid", "tap, cleared"})
  void whatWasHeldIsPaidFromWhereItWasHeld(String kind, String state) {
    Payment waiting = waiting(kind);
    List<Hold> holds = holds(waiting);
    Payment paid = WaitRules.pay(work, waiting, holds, REASON);

    assertThat(paid.state()).isEqualTo(state);
    assertThat(paid.clearedAt()).isEqualTo(Works.NOW);
    assertThat(work.book().postings()).hasSize(1);
    Posting posting = work.book().postings().getFirst();
    assertThat(posting.kind()).isEqualTo(PostingKind.PAYMENT);
    assertThat(posting.entries())
        .containsExactly(
            new Entry(AVAILABLE, -70), new Entry(ALLOWANCE, -30), new Entry(BUCKET, 100));
    assertThat(work.book().endedHolds()).isEqualTo(ended(holds, HoldState.POSTED));
    assertThat(work.book().balance(AVAILABLE)).isEqualTo(new Balance(30, 0));
    assertThat(work.book().balance(ALLOWANCE)).isEqualTo(new Balance(10, 0));
    assertThat(work.openedCredits())
        .containsExactly(Credit.of(waiting.terms(), kind.equals("tap"), Works.NOW));
    assertMoved(waiting, paid);
  }

  @ParameterizedTest
  @CsvSource({"code, closed", "tap, returned"})
  void whatWasHeldIsThePayersAgain(String kind, String state) {
    Payment waiting = waiting(kind);
    List<Hold> holds = holds(waiting);
    Payment ended = WaitRules.giveBack(work, waiting, holds, REASON);

    assertThat(ended.state()).isEqualTo(state);
    assertThat(ended.clearedAt()).isNull();
    assertThat(work.book().postings()).isEmpty();
    assertThat(work.book().endedHolds()).isEqualTo(ended(holds, HoldState.VOIDED));
    assertThat(work.book().balance(AVAILABLE)).isEqualTo(new Balance(100, 0));
    assertThat(work.book().balance(ALLOWANCE)).isEqualTo(new Balance(40, 0));
    assertThat(work.openedCredits()).isEmpty();
    assertMoved(waiting, ended);
  }

  /// Were it paid from a part of its holds, the rest would stay held for good.
  @Test
  void refusesAWaitThatIsNotHeldWhole() {
    Payment waiting = waiting("code");
    List<Hold> some = holds(waiting).subList(0, 1);

    assertThatThrownBy(() -> WaitRules.pay(work, waiting, some, REASON))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("70 of 100");
    assertThatThrownBy(() -> WaitRules.giveBack(work, waiting, some, REASON))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("70 of 100");
    assertThat(work.book().changes()).isEmpty();
    assertThat(work.changes()).isEmpty();
  }

  private void assertMoved(Payment before, Payment after) {
    assertThat(after.revision()).isEqualTo(before.revision() + 1);
    assertThat(work.moved()).containsExactly(after);
    assertThat(work.opened()).isEmpty();
    assertThat(work.lastChanges())
        .containsExactly(new Change(after, before.state(), List.of(REASON)));
  }

  private Payment waiting(String kind) {
    boolean tap = kind.equals("tap");
    Payment waiting =
        new Payment(
            tap ? Works.tap(100) : Works.code(100),
            tap ? "frozen" : "awaiting-payer",
            null,
            0,
            2,
            Works.NOW,
            null,
            Works.NOW);
    assertThat(waiting.awaitsChallenge()).isTrue();
    work.load(List.of(waiting));
    return waiting;
  }

  private static List<Hold> holds(Payment waiting) {
    return List.of(
        new Hold("alice", waiting.paymentId(), AVAILABLE, 70),
        new Hold("alice", waiting.paymentId(), ALLOWANCE, 30));
  }

  private static List<EndedHold> ended(List<Hold> holds, HoldState state) {
    return holds.stream().map(hold -> new EndedHold(hold, state)).toList();
  }
}
