package io.tallystick.clearing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.clearing.v1.PayRequest;
import io.tallystick.api.clearing.v1.PaymentView;
import io.tallystick.api.clearing.v1.QueryPaymentRequest;
import io.tallystick.api.clearing.v1.RefundRequest;
import io.tallystick.api.clearing.v1.RefundResponse;
import io.tallystick.api.clearing.v1.ReverseRequest;
import io.tallystick.api.clearing.v1.ReverseResponse;
import io.tallystick.api.clearing.v1.RunSettlementRequest;
import io.tallystick.api.events.v1.ChallengeOutcome;
import io.tallystick.clearing.Books;
import io.tallystick.clearing.Grpc;
import io.tallystick.clearing.Pays;
import io.tallystick.clearing.Taps;
import io.tallystick.clearing.settlement.SettlementService;
import io.tallystick.clearing.sweep.SweepService;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "clearing"))
class ReturnIT {
  @Inject Books books;
  @Inject Taps taps;
  @Inject SweepService sweeps;
  @Inject SettlementService settlements;

  @Test
  void aReversalBeforeThePaymentStopsIt() {
    String payer = Pays.payerWith(1_000);
    PayRequest.Builder request = Pays.request(payer, "m1", 100);
    assertThat(reverse(request).getPayment().getState()).isEqualTo("reversed");
    assertThat(query(request).getState()).isEqualTo("reversed");
    PaymentView paid = Pays.pay(request);
    assertThat(paid.getState()).isEqualTo("declined");
    assertThat(paid.getDeclineReason()).isEqualTo("reversed");
    assertThat(Pays.pay(request)).isEqualTo(paid);
    assertThat(reverse(request).getPayment().getState()).isEqualTo("declined");
    assertThat(books.available(payer)).isEqualTo(1_000);
  }

  @Test
  void aReversalBeforeThePaymentIsItsMerchantsOnly() {
    String payer = Pays.payerWith(1_000);
    PayRequest.Builder request = Pays.request(payer, "m1", 100);
    reverse(request);
    assertThatThrownBy(() -> Pays.pay(request.clone().setMerchantId("m2")))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("merchant_id");
    assertThatThrownBy(() -> reverse(request.clone().setMerchantId("m2")))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("merchant_id");
  }

  @Test
  void reversesFromTheBucketAndFromTheMerchant() {
    String payer = Pays.payerWith(1_000);
    String merchant = Pays.freshMerchant();
    PayRequest.Builder unswept = Pays.request(payer, merchant, 100);
    Pays.pay(unswept);
    assertThat(reverse(unswept).getPayment().getState()).isEqualTo("reversed");
    assertThat(reverse(unswept).getPayment().getRevision()).isEqualTo(2);
    sweeps.sweepAll();
    assertThat(books.payable(merchant)).isZero();

    PayRequest.Builder swept = Pays.request(payer, merchant, 200);
    Pays.pay(swept);
    sweeps.sweepAll();
    assertThat(books.payable(merchant)).isEqualTo(200);
    assertThat(reverse(swept).getPayment().getState()).isEqualTo("reversed");
    assertThat(books.payable(merchant)).isZero();
    assertThat(books.available(payer)).isEqualTo(1_000);
  }

  @Test
  void aSettledPaymentIsTooLateToReverse() {
    String payer = Pays.payerWith(1_000);
    String merchant = Pays.freshMerchant();
    PayRequest.Builder request = Pays.request(payer, merchant, 100);
    Pays.pay(request);
    settle(merchant);
    assertThat(reverse(request).hasTooLate()).isTrue();
    assertThat(books.available(payer)).isEqualTo(900);
  }

  @Test
  void aReversalWhileThePayerIsAskedVoidsTheHold() {
    String payer = Pays.payerWith(1_000);
    PayRequest.Builder request = Pays.stepUp(payer, "m1", 600);
    Pays.pay(request);
    assertThat(reverse(request).getPayment().getState()).isEqualTo("reversed");
    assertThat(books.available(payer)).isEqualTo(1_000);
    taps.deliver(
        Taps.challengeOf(request.getPaymentId(), payer, ChallengeOutcome.CHALLENGE_OUTCOME_PASSED));
    assertThat(query(request).getState()).isEqualTo("reversed");
    assertThat(books.available(payer)).isEqualTo(1_000);
    assertThat(books.held(payer)).isZero();
  }

  @Test
  void challengesEndStepUps() {
    String payer = Pays.payerWith(1_000);
    PayRequest.Builder passed = Pays.stepUp(payer, "m1", 100);
    PayRequest.Builder failed = Pays.stepUp(payer, "m1", 200);
    PayRequest.Builder expired = Pays.stepUp(payer, "m1", 300);
    Pays.pay(passed);
    Pays.pay(failed);
    Pays.pay(expired);
    end(passed, ChallengeOutcome.CHALLENGE_OUTCOME_PASSED);
    end(failed, ChallengeOutcome.CHALLENGE_OUTCOME_FAILED);
    end(expired, ChallengeOutcome.CHALLENGE_OUTCOME_EXPIRED);
    end(failed, ChallengeOutcome.CHALLENGE_OUTCOME_PASSED);
    assertThat(query(passed).getState()).isEqualTo("paid");
    assertThat(query(passed).hasPaidAt()).isTrue();
    assertThat(query(failed).getState()).isEqualTo("closed");
    assertThat(query(expired).getState()).isEqualTo("closed");
    assertThat(books.available(payer)).isEqualTo(900);
    assertThat(books.held(payer)).isZero();
    assertThat(Pays.pay(passed).getState()).isEqualTo("paid");
  }

  @Test
  void refundsInPartsNeverMoreThanPaid() {
    String payer = Pays.payerWith(1_000);
    PayRequest.Builder request = Pays.request(payer, Pays.freshMerchant(), 500);
    Pays.pay(request);
    PaymentView first = refund(request, "r1", 200).getPayment();
    assertThat(first.getState()).isEqualTo("refunded");
    assertThat(first.getRefunded().getAmountMinor()).isEqualTo(200);
    assertThat(refund(request, "r1", 200).getPayment()).isEqualTo(first);
    assertThatThrownBy(() -> refund(request, "r1", 201))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("amount_minor");
    assertThat(refund(request, "r2", 301).getDenied().getReason()).isEqualTo("exceeds_paid");
    assertThat(refund(request, "r2", 300).getPayment().getRefunded().getAmountMinor())
        .isEqualTo(500);
    assertThat(refund(request, "r3", 1).getDenied().getReason()).isEqualTo("exceeds_paid");
    assertThat(books.available(payer)).isEqualTo(1_000);
    assertThat(reverse(request).hasTooLate()).isTrue();
  }

  @Test
  void refundsComeFromTheBucketThenFromTheMerchantThenNotAtAll() {
    String payer = Pays.payerWith(1_000);
    String merchant = Pays.freshMerchant();
    PayRequest.Builder request = Pays.request(payer, merchant, 500);
    Pays.pay(request);
    refund(request, "r1", 100);
    sweeps.sweepAll();
    assertThat(books.payable(merchant)).isEqualTo(400);
    refund(request, "r2", 100);
    assertThat(books.payable(merchant)).isEqualTo(300);
    settle(merchant);
    assertThat(books.payable(merchant)).isZero();
    assertThat(refund(request, "r3", 100).getDenied().getReason()).isEqualTo("merchant_funds");
    Pays.pay(Pays.request(payer, merchant, 150));
    sweeps.sweepAll();
    assertThat(refund(request, "r3", 100).getPayment().getRefunded().getAmountMinor())
        .isEqualTo(300);
    assertThat(books.payable(merchant)).isEqualTo(50);
  }

  @Test
  void refundsOnlyWhatWasPaidToThatMerchant() {
    String payer = Pays.payerWith(100);
    PayRequest.Builder declined = Pays.request(payer, "m1", 101);
    Pays.pay(declined);
    assertThat(refund(declined, "r1", 1).getDenied().getReason()).isEqualTo("not_paid");
    PayRequest.Builder paid = Pays.request(payer, "m1", 50);
    assertThat(refund(paid, "r1", 1).getDenied().getReason()).isEqualTo("unknown_payment");
    Pays.pay(paid);
    assertThat(refund(paid.clone().setMerchantId("m2"), "r1", 1).getDenied().getReason())
        .isEqualTo("unknown_payment");
    RefundRequest dollars =
        refundRequest(paid, "r1", 1).setAmount(Pays.cny(1).toBuilder().setCurrency("USD")).build();
    assertThat(Grpc.clearing("verify").refund(dollars).getDenied().getReason())
        .isEqualTo("currency");
    assertThat(books.available(payer)).isEqualTo(50);
  }

  private void end(PayRequest.Builder request, ChallengeOutcome outcome) {
    taps.deliver(Taps.challengeOf(request.getPaymentId(), request.getPayerId(), outcome));
  }

  private void settle(String merchant) {
    Grpc.admin()
        .runSettlement(
            RunSettlementRequest.newBuilder()
                .setDay(settlements.today().toString())
                .setMerchantId(merchant)
                .build());
  }

  private static ReverseResponse reverse(PayRequest.Builder request) {
    return Grpc.clearing("verify")
        .reverse(
            ReverseRequest.newBuilder()
                .setPaymentId(request.getPaymentId())
                .setPayerId(request.getPayerId())
                .setMerchantId(request.getMerchantId())
                .build());
  }

  private static PaymentView query(PayRequest.Builder request) {
    return Grpc.clearing("verify")
        .queryPayment(
            QueryPaymentRequest.newBuilder()
                .setPayerId(request.getPayerId())
                .setPaymentId(request.getPaymentId())
                .build())
        .getPayment();
  }

  private static RefundResponse refund(PayRequest.Builder request, String id, long amountMinor) {
    return Grpc.clearing("verify").refund(refundRequest(request, id, amountMinor).build());
  }

  private static RefundRequest.Builder refundRequest(
      PayRequest.Builder request, String id, long amountMinor) {
    return RefundRequest.newBuilder()
        .setPaymentId(request.getPaymentId())
        .setPayerId(request.getPayerId())
        .setMerchantId(request.getMerchantId())
        .setRefundId(id)
        .setAmount(Pays.cny(amountMinor));
  }
}
