package io.tallystick.clearing.tap;

import static io.tallystick.clearing.payment.Works.ALLOWANCE;
import static io.tallystick.clearing.payment.Works.AVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.Balance;
import io.tallystick.clearing.payment.Payment;
import io.tallystick.clearing.payment.Reason;
import io.tallystick.clearing.payment.Work;
import io.tallystick.clearing.payment.Works;
import io.tallystick.clearing.tap.TapDecision.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TapRulesTest {
  private static final Reason FREQUENCY = Reason.of("frequency", "3 taps within 10 s");

  @ParameterizedTest
  @CsvSource({
    // decision, account, allowance, available, state, allowance left, available left, last reason
    "CLEAR,  true,  100, 100, cleared,   0, 100, frequency",
    "CLEAR,  true,   60, 100, cleared,   0,  60, frequency",
    "CLEAR,  true,    0, 100, cleared,   0,   0, frequency",
    "CLEAR,  true,   60,  39, refused,  60,  39, insufficient_funds",
    "FREEZE, true,   60, 100, frozen,    0,  60, frequency",
    "FREEZE, true,   60,  39, refused,  60,  39, insufficient_funds",
    "REFUSE, true,  100, 100, refused, 100, 100, frequency",
    "REFUSE, true,    0,   0, refused,   0,   0, frequency",
    "CLEAR,  false,   0,   0, refused,   0,   0, unknown_account",
  })
  void decides(
      Outcome outcome,
      boolean account,
      long allowance,
      long available,
      String state,
      long allowanceLeft,
      long availableLeft,
      String reason) {
    Work work = work(account, allowance, available);
    Payment payment = TapRules.decide(work, decision(outcome));
    assertThat(payment.state()).isEqualTo(state);
    assertThat(payment.revision()).isEqualTo(2);
    assertThat(work.book().balance(ALLOWANCE).freeMinor()).isEqualTo(allowanceLeft);
    assertThat(work.book().balance(AVAILABLE).freeMinor()).isEqualTo(availableLeft);
    assertThat(work.changes().getLast().reasons().getLast().rule()).isEqualTo(reason);
    assertThat(work.openedCredits()).hasSize(state.equals("cleared") ? 1 : 0);
  }

  @Test
  void theFirstDecisionCounts() {
    Work work = work(true, 0, 1_000);
    TapRules.decide(work, decision(Outcome.REFUSE));
    assertThat(TapRules.decide(work, decision(Outcome.CLEAR)).state()).isEqualTo("refused");
    assertThat(work.book().postings()).isEmpty();
  }

  @Test
  void aTapThatWasReceivedIsDecidedAsOneThatWasNot() {
    Work received = work(true, 60, 100);
    TapRules.receive(received, Works.tap(100), Works.NOW);
    TapRules.receive(received, Works.tap(100), Works.NOW);
    Work unseen = work(true, 60, 100);
    assertThat(TapRules.decide(received, decision(Outcome.CLEAR)))
        .isEqualTo(TapRules.decide(unseen, decision(Outcome.CLEAR)));
    assertThat(received.changes()).hasSameSizeAs(unseen.changes());
  }

  @Test
  void anotherDevicesAllowanceIsNotTouched() {
    Work work =
        Works.on(
            Map.of(
                AVAILABLE,
                new Balance(10, 0),
                AccountRef.allowance("alice", "other", "CNY"),
                new Balance(1_000, 0)));
    assertThat(TapRules.decide(work, decision(Outcome.CLEAR)).state()).isEqualTo("refused");
  }

  private static Work work(boolean account, long allowance, long available) {
    return account
        ? Works.on(
            Map.of(AVAILABLE, new Balance(available, 0), ALLOWANCE, new Balance(allowance, 0)))
        : Works.on(Map.of());
  }

  private static TapDecision decision(Outcome outcome) {
    return new TapDecision(Works.tap(100), Works.NOW, outcome, List.of(FREQUENCY));
  }
}
