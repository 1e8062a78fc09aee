package io.tallystick.clearing.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.clearing.Books;
import io.tallystick.clearing.Pays;
import io.tallystick.clearing.payment.PayResult.Answered;
import io.tallystick.clearing.payment.PayResult.Reused;
import io.tallystick.protocol.model.Money;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What payments that share a transaction do to each other.
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "clearing"))
class PayBatchIT {
  @Inject PayService pays;
  @Inject Books books;

  private final String merchant = Pays.freshMerchant();

  @Test
  void theFirstOfTwoWithOneCodePays() {
    String code = Pays.fresh("code");
    PayCommand first = command("o1", code);
    PayCommand second = command("o2", code);
    List<PayResult> results = pays.payTogether(List.of(first, second));
    assertThat(state(results.get(0))).isEqualTo("paid");
    assertThat(state(results.get(1))).isEqualTo("declined");
    assertThat(holder(code, first)).isEqualTo(1);
  }

  /// Its order is another payment's: it leaves no trace, so its code is still good for the next.
  @Test
  void aPaymentWithoutItsOrderTakesNoCode() {
    String code = Pays.fresh("code");
    pays.pay(command("taken", Pays.fresh("code")));
    PayCommand without = command("taken", code);
    PayCommand with = command("free", code);
    List<PayResult> results = pays.payTogether(List.of(without, with));
    assertThat(results.get(0)).isInstanceOf(Reused.class);
    assertThat(state(results.get(1))).isEqualTo("paid");
    assertThat(holder(code, with)).isEqualTo(1);
    assertThat(
            books.number(
                "SELECT count(*) FROM payment_guard WHERE payment_id = ?",
                without.terms().paymentId()))
        .isZero();
  }

  @Test
  void oneOfTwoPaymentsOfOneOrderPays() {
    PayCommand one = command("same", Pays.fresh("code"));
    PayCommand other = command("same", Pays.fresh("code"));
    List<PayResult> results = pays.payTogether(List.of(one, other));
    assertThat(results).hasAtLeastOneElementOfType(Reused.class);
    assertThat(results).hasAtLeastOneElementOfType(Answered.class);
    assertThat(
            books.number(
                "SELECT count(*) FROM instrument_guard WHERE instrument_id IN (?, ?)",
                one.terms().instrument().id(),
                other.terms().instrument().id()))
        .isEqualTo(1);
  }

  @Test
  void aBatchOfKnownPaymentsAnswersThemAgain() {
    List<PayCommand> commands =
        List.of(command("a", Pays.fresh("code")), command("b", Pays.fresh("code")));
    List<PayResult> first = pays.payTogether(commands);
    assertThat(pays.payTogether(commands)).isEqualTo(first);
  }

  /// As from several replicas: no lane puts them in a row, only the lock of the payer's accounts.
  @Test
  void transactionsOfOnePayerWaitForOneAnother() throws Exception {
    String payer = Pays.payerWith(1_000);
    List<Callable<List<PayResult>>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      PayCommand command = command(payer, Pays.fresh("order"), Pays.fresh("code"), 300);
      calls.add(() -> pays.payTogether(List.of(command)));
    }
    List<String> states = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
      for (Future<List<PayResult>> result : executor.invokeAll(calls)) {
        states.add(state(result.get().getFirst()));
      }
    }

    assertThat(states).filteredOn("paid"::equals).hasSize(3);
    assertThat(states).filteredOn("declined"::equals).hasSize(13);
    assertThat(books.available(payer)).isEqualTo(100);
  }

  private long holder(String code, PayCommand command) {
    return books.number(
        "SELECT count(*) FROM instrument_guard WHERE instrument_id = ? AND payment_id = ?",
        code,
        command.terms().paymentId());
  }

  private static String state(PayResult result) {
    return ((Answered) result).payment().state();
  }

  private PayCommand command(String order, String code) {
    return command(Pays.payerWith(1_000), order, code, 100);
  }

  private PayCommand command(String payer, String order, String code, long amountMinor) {
    PaymentTerms terms =
        new PaymentTerms(
            payer,
            Pays.fresh("pay"),
            new Instrument(InstrumentKind.OFFLINE_CODE, code),
            "d1",
            merchant,
            "t1",
            order,
            Money.of(amountMinor, "CNY"));
    return new PayCommand(terms, false, List.of());
  }
}
