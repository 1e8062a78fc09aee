package io.tallystick.verify.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.clearing.v1.PayMode;
import io.tallystick.api.verify.v1.DeclineReason;
import io.tallystick.api.verify.v1.PayByCodeResponse;
import io.tallystick.api.verify.v1.PayByCodeResponse.OutcomeCase;
import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.verify.testing.Parallel;
import io.tallystick.verify.testing.Statuses;
import io.tallystick.verify.testing.TestTerminal;
import io.tallystick.verify.testing.VerifyIT;
import io.tallystick.verify.testing.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PayByCodeIT extends VerifyIT {
  @Test
  void paysWithAnOfflineCode() {
    PayByCodeResponse paid = terminal.pay(order, wallet.code(clock.instant(), 0), 1_234);

    assertThat(paid.getOutcomeCase()).isEqualTo(OutcomeCase.PAID);
    assertThat(paid.getPaid().getAmount().getAmountMinor()).isEqualTo(1_234);
    assertThat(paid.getPaymentId()).matches("pay_[0-9a-f-]{36}");
    assertThat(pays())
        .singleElement()
        .satisfies(pay -> {
          assertThat(pay.getPaymentId()).isEqualTo(paid.getPaymentId());
          assertThat(pay.getPayerId()).isEqualTo(wallet.payerId());
          assertThat(pay.getMerchantId()).isEqualTo(terminal.merchantId());
          assertThat(pay.getOrderId()).isEqualTo(order);
          assertThat(pay.getMode()).isEqualTo(PayMode.PAY_MODE_CAPTURE);
          assertThat(pay.getInstrument().getId()).startsWith("code:" + wallet.seedId());
        });
  }

  @Test
  void paysWithAnOnlineCodeOnce() {
    String code = seed.onlineCode(wallet);

    assertThat(terminal.pay(order, code, 100).hasPaid()).isTrue();
    assertRefused(terminal.pay(order + "-2", code, 100));
    // Refused here, not by clearing-service, which would refuse it too.
    assertThat(pays()).hasSize(1);
  }

  @Test
  void givesTheFirstAnswerForTheSameOrder() {
    String code = wallet.code(clock.instant(), 0);
    PayByCodeResponse first = terminal.pay(order, code, 100);

    PayByCodeResponse again = terminal.pay(order, code, 100);

    assertThat(again).isEqualTo(first);
    assertThat(pays()).hasSize(1);
  }

  @Test
  void givesTheFirstAnswerLongAfterTheCodeExpired() {
    String code = wallet.code(clock.instant(), 0);
    PayByCodeResponse first = terminal.pay(order, code, 100);
    clock.advance(Duration.ofHours(1));
    seed.away(true);

    assertThat(terminal.pay(order, code, 100)).isEqualTo(first);
  }

  @Test
  void refusesTheSameOrderWithAnotherAmount() {
    String code = wallet.code(clock.instant(), 0);
    PayByCodeResponse first = terminal.pay(order, code, 100);

    Statuses status = Statuses.of(() -> terminal.pay(order, code, 101));

    assertThat(status.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(status.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(status.metadata()).containsEntry("difference", "amount.amount_minor");
    assertThat(terminal.pay(order, code, 100)).isEqualTo(first);
    assertThat(pays()).hasSize(1);
  }

  @Test
  void refusesTheSameOrderWithAnotherCodeWithoutRepeatingIt() {
    String code = wallet.code(clock.instant(), 0);
    terminal.pay(order, code, 100);
    String other = wallet.code(clock.instant(), 1);

    Statuses status = Statuses.of(() -> terminal.pay(order, other, 100));

    assertThat(status.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(status.metadata()).containsEntry("difference", "code");
    assertThat(status.text()).doesNotContain(code).doesNotContain(other);
    assertThat(terminal.pay(order + "-2", other, 100).hasPaid()).isTrue();
  }

  @Test
  void paysOnceOfTwentyParallelPresentationsOfOneCode() throws Exception {
    String code = wallet.code(clock.instant(), 0);

    List<PayByCodeResponse> answers =
        Parallel.run(20, i -> () -> terminal.pay(order + "-" + i, code, 100));

    assertThat(answers).filteredOn(PayByCodeResponse::hasPaid).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> !answer.hasPaid())
        .allSatisfy(PayByCodeIT::assertRefused);
    assertThat(pays()).hasSize(1);
  }

  @Test
  void paysOnceOfTwentyParallelPresentationsOfOneOnlineCode() throws Exception {
    String code = seed.onlineCode(wallet);

    List<PayByCodeResponse> answers =
        Parallel.run(20, i -> () -> terminal.pay(order + "-" + i, code, 100));

    assertThat(answers).filteredOn(PayByCodeResponse::hasPaid).hasSize(1);
    assertThat(pays()).hasSize(1);
  }

  @Test
  void answersTwentyParallelCallsOfOneOrderTheSame() throws Exception {
    String code = wallet.code(clock.instant(), 0);
    risk.delay(Duration.ofMillis(100));

    List<PayByCodeResponse> answers = Parallel.run(20, _ -> () -> terminal.pay(order, code, 100));

    assertThat(answers).allMatch(PayByCodeResponse::hasPaid);
    assertThat(answers.stream().distinct()).hasSize(1);
    assertThat(pays()).hasSize(1);
  }

  @Test
  void acceptsAMinuteEitherSideAndNoMore() {
    Instant now = clock.instant();
    Wallet late = seed.enrol("payer-late");
    Wallet early = seed.enrol("payer-early");

    assertThat(terminal.pay(order + "-1", late.code(now.minusSeconds(60), 0), 100).hasPaid())
        .isTrue();
    assertThat(terminal.pay(order + "-2", early.code(now.plusSeconds(60), 0), 100).hasPaid())
        .isTrue();
    assertRefused(terminal.pay(order + "-3", wallet.code(now.minusSeconds(180), 0), 100));
    assertRefused(terminal.pay(order + "-4", wallet.code(now.plusSeconds(180), 0), 100));
  }

  @Test
  void refusesAMomentOlderThanTheLastOneUsed() {
    CodeMoment moment = CodeMoment.at(clock.instant(), 3);
    String newer = wallet.code(moment);
    String older = wallet.code(new CodeMoment(moment.minute(), 2));
    String oldestMinute = wallet.code(new CodeMoment(moment.minute() - 1, 9));
    String newest = wallet.code(new CodeMoment(moment.minute(), 4));

    assertThat(terminal.pay(order + "-1", newer, 100).hasPaid()).isTrue();
    assertRefused(terminal.pay(order + "-2", older, 100));
    assertRefused(terminal.pay(order + "-3", oldestMinute, 100));
    assertRefused(terminal.pay(order + "-4", newer, 100));
    assertThat(terminal.pay(order + "-5", newest, 100).hasPaid()).isTrue();
  }

  @Test
  void spendsACodeThatWasDeclined() {
    clearing.balance(wallet.payerId(), 50);
    String code = wallet.code(clock.instant(), 0);

    PayByCodeResponse declined = terminal.pay(order, code, 100);
    clearing.balance(wallet.payerId(), 1_000);

    assertThat(declined.getDeclined().getReason())
        .isEqualTo(DeclineReason.DECLINE_REASON_INSUFFICIENT_FUNDS);
    assertRefused(terminal.pay(order + "-2", code, 100));
    assertThat(terminal.pay(order, code, 100)).isEqualTo(declined);
    assertThat(pays()).hasSize(1);
  }

  @Test
  void declinesAboveTheLargestAmountOnlyWhoHasAGoodCode() {
    String code = wallet.code(clock.instant(), 0);

    PayByCodeResponse declined = terminal.pay(order, code, 100_000_001);

    assertThat(declined.getDeclined().getReason())
        .isEqualTo(DeclineReason.DECLINE_REASON_AMOUNT_LIMIT);
    assertRefused(terminal.pay(order + "-2", code, 100));
    assertRefused(terminal.pay(order + "-3", wallet.wrongCode(clock.instant(), 1), 100_000_001));
    assertThat(pays()).isEmpty();
  }

  @Test
  void refusesARevokedDeviceAtOnce() {
    seed.revoke(wallet, clock.instant());

    assertRefused(terminal.pay(order, wallet.code(clock.instant(), 0), 100));
  }

  @Test
  void refusesMalformedRequestsByField() {
    assertThat(Statuses.of(() -> terminal.pay("", "1".repeat(20), 1)).reason())
        .isEqualTo("ORDER_ID_MALFORMED");
    assertThat(Statuses.of(() -> terminal.pay(order, "1".repeat(19), 1)).reason())
        .isEqualTo("CODE_MALFORMED");
    assertThat(Statuses.of(() -> terminal.pay(order, "1".repeat(20), 0)).reason())
        .isEqualTo("AMOUNT_INVALID");
    assertThat(
            Statuses.of(() ->
                    terminal
                        .stub()
                        .payByCode(TestTerminal.request(order, "1".repeat(20), 1, "XXX")))
                .reason())
        .isEqualTo("AMOUNT_INVALID");
    assertThat(seed.checked()).isZero();
  }

  @Test
  void refusesATerminalThatIsNotRegistered() {
    TestTerminal stranger = terminals.unregistered(terminal.merchantId(), "t9", terminal.key());

    Statuses status = Statuses.of(() -> stranger.pay(order, wallet.code(clock.instant(), 0), 100));

    assertThat(status.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(status.reason()).isEqualTo("TERMINAL_NOT_REGISTERED");
  }

  @Test
  void keepsOrdersOfMerchantsApart() {
    TestTerminal other = terminals.register();
    PayByCodeResponse mine = terminal.pay(order, wallet.code(clock.instant(), 0), 100);

    assertThat(other.query(order).hasUnknownOrder()).isTrue();
    PayByCodeResponse theirs = other.pay(order, wallet.code(clock.instant(), 1), 200);

    assertThat(theirs.hasPaid()).isTrue();
    assertThat(theirs.getPaymentId()).isNotEqualTo(mine.getPaymentId());
    assertThat(terminal.query(order).getPaid().getAmount().getAmountMinor()).isEqualTo(100);
  }

  static void assertRefused(PayByCodeResponse answer) {
    assertThat(answer.getDeclined().getReason())
        .isEqualTo(DeclineReason.DECLINE_REASON_CODE_REFUSED);
  }
}
