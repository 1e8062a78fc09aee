package io.tallystick.clearing.payment;

import static io.tallystick.clearing.payment.Works.AVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.Balance;
import io.tallystick.clearing.payment.CodeRules.Claim;
import io.tallystick.protocol.model.Money;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeRulesTest {
  /// Every guard alone, and each before those below it.
  @ParameterizedTest
  @CsvSource({
    // reversed, instrument taken, account, balance, held, step up, state, reason
    "false, false, CNY,  100,   0, false, paid,           ",
    "false, false, CNY,  100,   0, true,  awaiting-payer, ",
    "false, false, CNY,   99,   0, false, declined, insufficient_funds",
    "false, false, CNY,   99,   0, true,  declined, insufficient_funds",
    "false, false, CNY,  150,  51, false, declined, insufficient_funds",
    "false, false, CNY,  150,  50, false, paid,           ",
    "false, false, USD,  100,   0, false, declined, currency",
    "false, false, none,   0,   0, false, declined, unknown_account",
    "false, true,  CNY,  100,   0, false, declined, instrument_used",
    "false, true,  none,   0,   0, false, declined, instrument_used",
    "true,  false, CNY,  100,   0, false, declined, reversed",
    "true,  true,  none,   0,   0, true,  declined, reversed",
  })
  void decidesInOrder(
      boolean reversed,
      boolean taken,
      String account,
      long balance,
      long held,
      boolean stepUp,
      String state,
      String reason) {
    Map<AccountRef, Balance> accounts =
        account.equals("none")
            ? Map.of()
            : Map.of(AccountRef.available("alice", account), new Balance(balance, held));
    Work work = Works.on(accounts);
    Payment payment =
        CodeRules.pay(
            work, new PayCommand(Works.code(100), stepUp, List.of()), new Claim(reversed, taken));
    assertThat(payment.state()).isEqualTo(state);
    assertThat(payment.declineReason()).isEqualTo(reason);
    assertThat(payment.revision()).isEqualTo(1);
    assertThat(work.book().postings()).hasSize(state.equals("paid") ? 1 : 0);
    assertThat(work.book().placedHolds()).hasSize(state.equals("awaiting-payer") ? 1 : 0);
    assertThat(work.openedCredits()).hasSize(state.equals("paid") ? 1 : 0);
    assertThat(payment.clearedAt()).isEqualTo(state.equals("paid") ? Works.NOW : null);
  }

  @Test
  void laterPaymentsSeeWhatEarlierOnesTook() {
    Work work = Works.withAvailable(150);
    Claim claim = new Claim(false, false);
    Payment first = CodeRules.pay(work, command("pay_1"), claim);
    Payment second = CodeRules.pay(work, command("pay_2"), claim);
    assertThat(first.state()).isEqualTo("paid");
    assertThat(second.declineReason()).isEqualTo("insufficient_funds");
    assertThat(work.book().balance(AVAILABLE).freeMinor()).isEqualTo(50);
  }

  private static PayCommand command(String paymentId) {
    PaymentTerms terms =
        new PaymentTerms(
            "alice",
            paymentId,
            new Instrument(InstrumentKind.OFFLINE_CODE, "code:" + paymentId),
            "d1",
            "m1",
            "t1",
            null,
            Money.of(100, "CNY"));
    return new PayCommand(terms, false, List.of());
  }

  @Test
  void refusesTapsInDisguise() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PayCommand(Works.tap(1), false, List.of()));
    PaymentTerms tapInstrument =
        new PaymentTerms(
            "alice",
            "pay_1",
            new Instrument(InstrumentKind.ONLINE_CODE, "tap:1"),
            "d1",
            "m1",
            "t1",
            null,
            Money.of(1, "CNY"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PayCommand(tapInstrument, false, List.of()));
  }

  @Test
  void namesEveryFieldThatDiffers() {
    PaymentTerms other =
        new PaymentTerms(
            "bob",
            "pay_1",
            new Instrument(InstrumentKind.OFFLINE_CODE, "code:2"),
            "d2",
            "m2",
            "t2",
            null,
            Money.of(2, "USD"));
    assertThat(Works.code(1).difference(other))
        .isEqualTo(
            "payer_id, instrument, device_id, merchant_id, terminal_id, order_id, amount_minor,"
                + " currency");
    assertThat(Works.code(1).difference(Works.code(1))).isEmpty();
  }
}
