package io.tallystick.clearing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.clearing.v1.PayRequest;
import io.tallystick.api.clearing.v1.PaymentView;
import io.tallystick.clearing.Books;
import io.tallystick.clearing.Grpc;
import io.tallystick.clearing.Pays;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "clearing"))
class PayIT {
  @Inject Books books;

  @Test
  void movesTheMoneyOnce() {
    String payer = Pays.payerWith(10_000);
    PayRequest.Builder request = Pays.request(payer, "m1", 2_500);
    PaymentView first = Pays.pay(request);
    PaymentView again = Pays.pay(request);
    assertThat(first.getState()).isEqualTo("paid");
    assertThat(first.getRevision()).isEqualTo(1);
    assertThat(again).isEqualTo(first);
    assertThat(books.available(payer)).isEqualTo(7_500);
  }

  @Test
  void declinesInTheDocumentedOrder() {
    String payer = Pays.payerWith(1_000);
    assertThat(Pays.pay(Pays.request(Pays.fresh("nobody"), "m1", 1)).getDeclineReason())
        .isEqualTo("unknown_account");
    PayRequest.Builder foreign = Pays.request(payer, "m1", 1);
    foreign.getAmountBuilder().setCurrency("USD");
    assertThat(Pays.pay(foreign).getDeclineReason()).isEqualTo("currency");
    PayRequest.Builder dear = Pays.request(payer, "m1", 1_001);
    assertThat(Pays.pay(dear).getDeclineReason()).isEqualTo("insufficient_funds");
    PayRequest.Builder sameCode = Pays.request(payer, "m1", 1).setInstrument(dear.getInstrument());
    assertThat(Pays.pay(sameCode).getDeclineReason()).isEqualTo("instrument_used");
    assertThat(books.available(payer)).isEqualTo(1_000);
  }

  @Test
  void oneOfTwentyParallelPresentationsOfACodePays() throws Exception {
    String payer = Pays.payerWith(100_000);
    PayRequest.Builder code = Pays.request(payer, "m1", 1_000);
    List<PaymentView> answers =
        together(
            20,
            i ->
                Pays.pay(
                    Pays.request(payer, "m" + i % 3, 1_000).setInstrument(code.getInstrument())));
    assertThat(answers).filteredOn(a -> a.getState().equals("paid")).hasSize(1);
    assertThat(answers)
        .filteredOn(a -> a.getState().equals("declined"))
        .hasSize(19)
        .allMatch(a -> a.getDeclineReason().equals("instrument_used"));
    assertThat(books.available(payer)).isEqualTo(99_000);
  }

  @Test
  void oneOfTwentyParallelPaymentsOfTwentyPayersWithOneCodePays() throws Exception {
    List<String> payers = IntStream.range(0, 20).mapToObj(_ -> Pays.payerWith(1_000)).toList();
    PayRequest.Builder code = Pays.request(payers.getFirst(), "m1", 1_000);
    List<PaymentView> answers =
        together(
            20,
            i ->
                Pays.pay(
                    Pays.request(payers.get(i), "m1", 1_000).setInstrument(code.getInstrument())));
    assertThat(answers).filteredOn(a -> a.getState().equals("paid")).hasSize(1);
    assertThat(payers).filteredOn(payer -> books.available(payer) == 0).hasSize(1);
  }

  @Test
  void sameRequestInParallelPaysOnceWithOneAnswer() throws Exception {
    String payer = Pays.payerWith(100_000);
    PayRequest.Builder request = Pays.request(payer, "m1", 1_000);
    List<PaymentView> answers = together(20, _ -> Pays.pay(request));
    assertThat(answers).containsOnly(answers.getFirst());
    assertThat(answers.getFirst().getState()).isEqualTo("paid");
    assertThat(books.available(payer)).isEqualTo(99_000);
  }

  @Test
  void samePaymentWithOtherTermsNamesTheDifference() {
    String payer = Pays.payerWith(100_000);
    PayRequest.Builder request = Pays.request(payer, "m1", 1_000);
    Pays.pay(request);
    assertReused(request.clone().setAmount(Pays.cny(2_000)), "amount_minor");
    assertReused(request.clone().setMerchantId("m2"), "merchant_id");
    assertReused(
        request.clone().setPayerId(Pays.payerWith(1_000)).setAmount(Pays.cny(7)),
        "payer_id, amount_minor");
    assertThat(books.available(payer)).isEqualTo(99_000);
  }

  @Test
  void sameOrderWithAnotherPaymentIsRefusedAndLeavesNoTrace() {
    String payer = Pays.payerWith(100_000);
    PayRequest.Builder first = Pays.request(payer, "m1", 1_000);
    Pays.pay(first);
    PayRequest.Builder second = Pays.request(payer, "m1", 2_000).setOrderId(first.getOrderId());
    assertReused(second, "payment_id");
    assertThat(books.available(payer)).isEqualTo(99_000);
    assertThat(Pays.pay(second.setOrderId(Pays.fresh("order"))).getState()).isEqualTo("paid");
  }

  @Test
  void parallelPaymentsOfOnePayerNeverSpendMoreThanThereIs() throws Exception {
    String payer = Pays.payerWith(10_000);
    List<PaymentView> answers = together(40, _ -> Pays.pay(Pays.request(payer, "m1", 700)));
    assertThat(answers).filteredOn(a -> a.getState().equals("paid")).hasSize(14);
    assertThat(answers)
        .filteredOn(a -> a.getState().equals("declined"))
        .allMatch(a -> a.getDeclineReason().equals("insufficient_funds"));
    assertThat(books.available(payer)).isEqualTo(10_000 - 14 * 700);
  }

  @Test
  void holdsTheMoneyOfAStepUp() {
    String payer = Pays.payerWith(1_000);
    PaymentView view = Pays.pay(Pays.stepUp(payer, "m1", 600));
    assertThat(view.getState()).isEqualTo("awaiting-payer");
    assertThat(books.available(payer)).isEqualTo(400);
    assertThat(books.held(payer)).isEqualTo(600);
    assertThat(Pays.pay(Pays.request(payer, "m1", 500)).getDeclineReason())
        .isEqualTo("insufficient_funds");
  }

  @Test
  void onlyVerifyMayPay() {
    PayRequest request = Pays.request("p", "m1", 1).build();
    assertThatThrownBy(() -> Grpc.clearing("notify").pay(request))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("PERMISSION_DENIED");
  }

  private static void assertReused(PayRequest.Builder request, String difference) {
    assertThatThrownBy(() -> Pays.pay(request))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("ALREADY_EXISTS")
        .hasMessageContaining(difference);
  }

  /// Runs calls at the same time.
  private static <T> List<T> together(int count, java.util.function.IntFunction<T> call)
      throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<T>> calls =
          IntStream.range(0, count).<Callable<T>>mapToObj(i -> () -> call.apply(i)).toList();
      List<T> answers = new java.util.ArrayList<>();
      for (Future<T> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }
}
