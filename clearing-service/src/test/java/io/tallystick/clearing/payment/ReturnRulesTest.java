package io.tallystick.clearing.payment;

import static io.tallystick.clearing.payment.Works.AVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.Balance;
import io.tallystick.clearing.ledger.Bucket;
import io.tallystick.clearing.ledger.Hold;
import io.tallystick.clearing.payment.ReturnRules.Denial;
import io.tallystick.clearing.payment.ReturnRules.Refunding;
import io.tallystick.clearing.payment.ReturnRules.Reversal;
import io.tallystick.protocol.model.Money;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReturnRulesTest {
  private static final AccountRef PAYABLE = AccountRef.payable("m1", "CNY");

  @ParameterizedTest
  @CsvSource({
    // state, refunded, swept, merchant has, batch, answer, payer has
    "paid,           0, false,   0,    , reversed,  100",
    "paid,           0, true,  100,    , reversed,  100",
    "paid,           0, true,   99,    , too late,    0",
    "paid,           0, true,  100, b1, too late,    0",
    "refunded,      10, false,   0,    , too late,    0",
    "awaiting-payer, 0, false,   0,    , reversed,  100",
    "closed,         0, false,   0,    , closed,      0",
    "reversed,       0, false,   0,    , reversed,    0",
    "declined,       0, false,   0,    , declined,    0",
  })
  void reverses(
      String state,
      long refunded,
      boolean swept,
      long merchantHas,
      @Nullable String batch,
      String answer,
      long payerHas) {
    boolean waits = state.equals("awaiting-payer");
    Work work = work(waits, merchantHas);
    Payment payment = payment(state, refunded);
    work.load(List.of(payment));
    List<Hold> holds =
        waits ? List.of(new Hold("alice", payment.paymentId(), AVAILABLE, 100)) : List.of();
    Credit credit = moved(state) ? credit(swept, batch) : null;
    Reversal reversal = ReturnRules.reverse(work, payment, holds, credit);
    assertThat(
            switch (reversal) {
              case Reversal.Done done -> done.payment().state();
              case Reversal.TooLate _ -> "too late";
            })
        .isEqualTo(answer);
    assertThat(work.book().balance(AVAILABLE).freeMinor()).isEqualTo(payerHas);
    boolean reversesPaid = state.equals("paid") && answer.equals("reversed");
    assertThat(work.changedCredits())
        .extracting(Credit::reversedAt)
        .isEqualTo(reversesPaid ? List.of(Works.NOW) : List.of());
  }

  @Test
  void aTapIsNeitherReversedNorRefunded() {
    Work work = work(false, 100);
    Payment tap =
        new Payment(Works.tap(100), "cleared", null, 0, 3, Works.NOW, Works.NOW, Works.NOW);
    work.load(List.of(tap));
    Refund refund = new Refund("alice", tap.paymentId(), "r1", "m1", Money.of(1, "CNY"));

    assertThat(ReturnRules.reverse(work, tap, List.of(), credit(false, null)))
        .isInstanceOf(Reversal.TooLate.class);
    assertThat(ReturnRules.refund(work, tap, refund, credit(false, null)))
        .isEqualTo(new Refunding.Denied(Denial.NOT_PAID));
    assertThat(work.book().postings()).isEmpty();
    assertThat(work.changes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // state, refunded, swept, merchant has, currency, amount, answer
    "paid,           0, false,   0, CNY, 100, refunded",
    "paid,           0, false,   0, CNY,  30, refunded",
    "paid,           0, false,   0, CNY, 101, exceeds_paid",
    "paid,           0, false,   0, USD, 101, currency",
    "refunded,      40, false,   0, CNY,  60, refunded",
    "refunded,      40, false,   0, CNY,  61, exceeds_paid",
    "refunded,     100, false,   0, CNY,   1, exceeds_paid",
    "paid,           0, true,   30, CNY,  30, refunded",
    "paid,           0, true,   30, CNY,  31, merchant_funds",
    "paid,           0, true,   30, CNY, 101, exceeds_paid",
    "awaiting-payer, 0, false,   0, CNY,   1, not_paid",
    "declined,       0, false,   0, CNY,   1, not_paid",
    "closed,         0, false,   0, CNY,   1, not_paid",
    "reversed,       0, false,   0, CNY,   1, not_paid",
  })
  void refunds(
      String state,
      long refunded,
      boolean swept,
      long merchantHas,
      String currency,
      long amount,
      String answer) {
    Work work = work(false, merchantHas);
    Payment payment = payment(state, refunded);
    work.load(List.of(payment));
    Refund refund =
        new Refund("alice", payment.paymentId(), "r1", "m1", Money.of(amount, currency));
    Refunding refunding =
        ReturnRules.refund(work, payment, refund, moved(state) ? credit(swept, null) : null);
    switch (refunding) {
      case Refunding.Done done -> {
        assertThat(done.payment().state()).isEqualTo(answer);
        assertThat(done.payment().refundedMinor()).isEqualTo(refunded + amount);
        assertThat(work.book().balance(AVAILABLE).freeMinor()).isEqualTo(amount);
        assertThat(work.changedCredits()).hasSize(swept ? 0 : 1);
        assertThat(work.refunds()).containsExactly(refund);
      }
      case Refunding.Denied denied -> {
        assertThat(denied.denial().text()).isEqualTo(answer);
        assertThat(work.book().postings()).isEmpty();
        assertThat(work.changes()).isEmpty();
        assertThat(work.refunds()).isEmpty();
      }
    }
  }

  private static boolean moved(String state) {
    return state.equals("paid") || state.equals("refunded");
  }

  private static Work work(boolean held, long merchantHas) {
    return Works.on(
        Map.of(
            AVAILABLE,
            held ? new Balance(100, 100) : Balance.ZERO,
            PAYABLE,
            new Balance(merchantHas, 0)));
  }

  private static Payment payment(String state, long refunded) {
    return new Payment(
        Works.code(100),
        state,
        state.equals("declined") ? "currency" : null,
        refunded,
        3,
        Works.NOW,
        moved(state) ? Works.NOW : null,
        Works.NOW);
  }

  private static Credit credit(boolean swept, @Nullable String batch) {
    return new Credit(
        "alice",
        "pay_1",
        "m1",
        Bucket.of("alice"),
        Money.of(100, "CNY"),
        false,
        Works.NOW,
        0,
        null,
        swept ? UUID.randomUUID() : null,
        batch);
  }
}
