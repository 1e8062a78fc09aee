package io.tallystick.verify.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.events.v1.PaymentChanged;
import io.tallystick.api.verify.v1.DeclineReason;
import io.tallystick.api.verify.v1.PayByCodeResponse;
import io.tallystick.api.verify.v1.QueryPaymentResponse;
import io.tallystick.api.verify.v1.QueryPaymentResponse.StateCase;
import io.tallystick.api.verify.v1.RefundPaymentResponse;
import io.tallystick.api.verify.v1.ReversePaymentResponse;
import io.tallystick.kit.event.Event;
import io.tallystick.verify.stream.PaymentHandler;
import io.tallystick.verify.testing.Eventually;
import io.tallystick.verify.testing.Parallel;
import io.tallystick.verify.testing.Statuses;
import io.tallystick.verify.testing.VerifyIT;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What becomes of an order after it was answered, or before it arrived.
@QuarkusTest
class OrderLifeIT extends VerifyIT {
  @Inject PaymentHandler paymentHandler;

  @Test
  void declinesAPaymentThatWasReversedBeforeItArrived() {
    String code = wallet.code(clock.instant(), 0);

    assertThat(terminal.reverse(order).hasReversed()).isTrue();
    PayByCodeResponse answer = terminal.pay(order, code, 100);

    assertThat(answer.getDeclined().getReason()).isEqualTo(DeclineReason.DECLINE_REASON_REVERSED);
    assertThat(pays()).isEmpty();
    assertThat(terminal.query(order).hasReversed()).isTrue();
    assertThat(terminal.reverse(order).hasReversed()).isTrue();
    // Presented is used, paid or not.
    assertThat(terminal.pay(order + "-2", code, 100).getDeclined().getReason())
        .isEqualTo(DeclineReason.DECLINE_REASON_CODE_REFUSED);
  }

  @Test
  void namesTheDifferenceAlsoForAnOrderThatWasReversedFirst() {
    String code = wallet.code(clock.instant(), 0);
    terminal.reverse(order);
    terminal.pay(order, code, 100);

    assertThat(Statuses.of(() -> terminal.pay(order, code, 200)).code())
        .isEqualTo(Status.Code.ALREADY_EXISTS);
  }

  @Test
  void reversesAPaymentWhileItIsBeingDecided() throws Exception {
    risk.delay(Duration.ofSeconds(1));
    String code = wallet.code(clock.instant(), 0);

    List<Object> answers =
        Parallel.run(
            2,
            i ->
                () -> {
                  if (i == 0) {
                    return terminal.pay(order, code, 100);
                  }
                  Eventually.get(() -> terminal.query(order), QueryPaymentResponse::hasAuthorising);
                  return terminal.reverse(order);
                });

    PayByCodeResponse paid = (PayByCodeResponse) answers.get(0);
    ReversePaymentResponse reversed = (ReversePaymentResponse) answers.get(1);
    assertThat(reversed.hasReversed()).isTrue();
    assertThat(paid.getDeclined().getReason()).isEqualTo(DeclineReason.DECLINE_REASON_REVERSED);
    assertThat(terminal.query(order).hasReversed()).isTrue();
  }

  @Test
  void reversesAPaidPaymentAndKeepsItReversed() {
    String code = wallet.code(clock.instant(), 0);
    terminal.pay(order, code, 100);

    ReversePaymentResponse reversed = terminal.reverse(order);

    assertThat(reversed.hasReversed()).isTrue();
    assertThat(terminal.reverse(order)).isEqualTo(reversed);
    assertThat(terminal.query(order).hasReversed()).isTrue();
    assertThat(terminal.pay(order, code, 100).getDeclined().getReason())
        .isEqualTo(DeclineReason.DECLINE_REASON_REVERSED);
  }

  @Test
  void hasNothingToReverseInADeclinedOrder() {
    terminal.pay(order, wallet.wrongCode(clock.instant(), 1), 100);

    assertThat(terminal.reverse(order).hasNothingToReverse()).isTrue();
  }

  @Test
  void refundsInPartsByRefundId() {
    terminal.pay(order, wallet.code(clock.instant(), 0), 100);

    RefundPaymentResponse first = terminal.refund(order, "r1", 30);
    RefundPaymentResponse again = terminal.refund(order, "r1", 30);
    RefundPaymentResponse second = terminal.refund(order, "r2", 70);
    RefundPaymentResponse third = terminal.refund(order, "r3", 1);

    assertThat(first.getRefunded().getRefunded().getAmountMinor()).isEqualTo(30);
    assertThat(again.getRefunded().getRefunded().getAmountMinor()).isEqualTo(30);
    assertThat(second.getRefunded().getRefunded().getAmountMinor()).isEqualTo(100);
    assertThat(third.getRefused().getReason()).isEqualTo("exceeds_paid");
    assertThat(Statuses.of(() -> terminal.refund(order, "r1", 31)).metadata())
        .containsEntry("difference", "amount.amount_minor");
    assertThat(terminal.query(order).getRefunded().getRefunded().getAmountMinor()).isEqualTo(100);
    assertThat(terminal.reverse(order).hasTooLate()).isTrue();
  }

  @Test
  void refundsNothingThatWasNotPaid() {
    assertThat(terminal.refund(order, "r1", 1).getRefused().getReason()).isEqualTo("not_paid");
    terminal.pay(order, wallet.wrongCode(clock.instant(), 1), 100);
    assertThat(terminal.refund(order, "r1", 1).getRefused().getReason()).isEqualTo("not_paid");
  }

  @Test
  void declinesWhatRiskRefusesAndNeverPaysIt() {
    risk.answerRefuse();
    String code = wallet.code(clock.instant(), 0);

    PayByCodeResponse answer = terminal.pay(order, code, 100);
    risk.answerClear();

    assertThat(answer.getDeclined().getReason())
        .isEqualTo(DeclineReason.DECLINE_REASON_RISK_REFUSED);
    assertThat(terminal.pay(order, code, 100)).isEqualTo(answer);
    assertThat(pays()).isEmpty();
  }

  @Test
  void followsAPaymentThatWaitsForItsPayer() {
    risk.answerStepUp("amount");
    PayByCodeResponse answer = terminal.pay(order, wallet.code(clock.instant(), 0), 100);
    assertThat(answer.hasAwaitingPayer()).isTrue();

    clearing.move(answer.getPaymentId(), "closed");

    assertThat(terminal.query(order).hasClosed()).isTrue();
    assertThat(terminal.reverse(order).hasNothingToReverse()).isTrue();
  }

  @Test
  void hearsOfChangesFromTheStreamInAnyOrder() throws Exception {
    risk.answerStepUp("amount");
    PayByCodeResponse answer = terminal.pay(order, wallet.code(clock.instant(), 0), 100);

    hear(change(answer, "paid", 2));
    hear(change(answer, "awaiting-payer", 1));

    QueryPaymentResponse found =
        Eventually.get(() -> terminal.query(order), QueryPaymentResponse::hasPaid);
    assertThat(found.getStateCase()).isEqualTo(StateCase.PAID);
    // Another order's payment id changes nothing.
    hear(change(answer, "closed", 9).toBuilder().setPaymentId("pay_other").build());
    assertThat(terminal.query(order).hasPaid()).isTrue();
  }

  private PaymentChanged change(PayByCodeResponse answer, String state, int revision) {
    long seconds = clock.instant().getEpochSecond();
    return PaymentChanged.newBuilder()
        .setPaymentId(answer.getPaymentId())
        .setMerchantId(terminal.merchantId())
        .setOrderId(order)
        .setState(state)
        .setRevision(revision)
        .setPaidAt(Timestamp.newBuilder().setSeconds(seconds))
        .setChangedAt(Timestamp.newBuilder().setSeconds(seconds))
        .build();
  }

  private void hear(PaymentChanged changed) {
    Event event =
        new Event(
            UUID.randomUUID(),
            "PaymentChanged",
            "payer",
            clock.instant(),
            Optional.empty(),
            changed.toByteString());
    database.useTransaction(handle -> paymentHandler.handle(handle, event));
  }
}
