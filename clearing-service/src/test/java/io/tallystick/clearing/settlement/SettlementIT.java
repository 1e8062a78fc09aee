package io.tallystick.clearing.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.clearing.v1.CheckLedgerRequest;
import io.tallystick.api.clearing.v1.DepositRequest;
import io.tallystick.api.clearing.v1.OwnerKind;
import io.tallystick.api.clearing.v1.PayRequest;
import io.tallystick.api.clearing.v1.RefundRequest;
import io.tallystick.api.clearing.v1.RunSettlementRequest;
import io.tallystick.api.clearing.v1.SettlementBatch;
import io.tallystick.api.events.v1.DecisionOutcome;
import io.tallystick.clearing.Books;
import io.tallystick.clearing.Grpc;
import io.tallystick.clearing.Pays;
import io.tallystick.clearing.Taps;
import io.tallystick.clearing.Taps.Tap;
import io.tallystick.clearing.TestClock;
import io.tallystick.clearing.sweep.SweepService;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "clearing"))
class SettlementIT {
  @Inject Books books;
  @Inject Taps taps;
  @Inject TestClock clock;
  @Inject SweepService sweeps;
  @Inject SettlementService settlements;

  @Test
  void aDayOfAMerchantIsSettledOnce() {
    String payer = Pays.payerWith(10_000);
    String merchant = Pays.freshMerchant();
    PayRequest.Builder refunded = Pays.request(payer, merchant, 1_000);
    Pays.pay(refunded);
    Pays.pay(Pays.request(payer, merchant, 500));
    refund(refunded, 300);
    Tap tap = Taps.tap(payer, Taps.freshDevice(), 1, merchant, 700);
    taps.deliver(tap.decided(DecisionOutcome.DECISION_OUTCOME_CLEAR));

    SettlementBatch batch = settle(merchant, settlements.today()).getFirst();
    assertThat(batch.getGross().getAmountMinor()).isEqualTo(2_200);
    assertThat(batch.getReturned().getAmountMinor()).isEqualTo(300);
    assertThat(batch.getNet().getAmountMinor()).isEqualTo(1_900);
    assertThat(batch.getPaymentCount()).isEqualTo(3);
    assertThat(books.payable(merchant)).isZero();
    assertThat(books.texts(STATE, tap.paymentId())).containsExactly("settled");
    assertThat(books.texts(STATE, refunded.getPaymentId())).containsExactly("refunded");

    Pays.pay(Pays.request(payer, merchant, 50));
    assertThat(settle(merchant, settlements.today())).containsExactly(batch);
    assertThat(books.payable(merchant)).isEqualTo(50);
    assertThat(events(merchant, "MerchantSettled")).isOne();
    assertThat(settledEvents(tap)).isOne();
  }

  @Test
  void whatIsPaidAfterADayIsClosedBelongsToTheNext() {
    String payer = Pays.payerWith(10_000);
    String merchant = Pays.freshMerchant();
    Pays.pay(Pays.request(payer, merchant, 100));
    LocalDate day = settlements.today();
    settle(merchant, day);
    Pays.pay(Pays.request(payer, merchant, 40));
    clock.advance(Duration.ofDays(1));
    Pays.pay(Pays.request(payer, merchant, 2));
    assertThat(settle(merchant, day)).hasSize(1);
    SettlementBatch next = settle(merchant, day.plusDays(1)).getFirst();
    assertThat(next.getGross().getAmountMinor()).isEqualTo(42);
  }

  @Test
  void aDayEndsWhereItIsSettled() {
    String payer = Pays.payerWith(10_000);
    String merchant = Pays.freshMerchant();
    Pays.pay(Pays.request(payer, merchant, 100));
    assertThat(settle(merchant, settlements.today().minusDays(1))).isEmpty();
    assertThatThrownBy(() -> settle(merchant, settlements.today().plusDays(1)))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("INVALID_ARGUMENT");
    assertThat(settle(merchant, settlements.today())).hasSize(1);
  }

  @Test
  void refundsBeyondADaysTakingsAreCarriedOver() {
    String payer = Pays.payerWith(10_000);
    String merchant = Pays.freshMerchant();
    PayRequest.Builder first = Pays.request(payer, merchant, 1_000);
    Pays.pay(first);
    LocalDate day = settlements.today();
    settle(merchant, day);
    clock.advance(Duration.ofDays(1));
    Pays.pay(Pays.request(payer, merchant, 100));
    sweeps.sweepAll();
    clock.advance(Duration.ofDays(1));
    Pays.pay(Pays.request(payer, merchant, 250));
    sweeps.sweepAll();
    refund(first, 300);

    SettlementBatch second = settle(merchant, day.plusDays(1)).getFirst();
    assertThat(second.getGross().getAmountMinor()).isEqualTo(100);
    assertThat(second.getReturned().getAmountMinor()).isEqualTo(100);
    assertThat(second.getNet().getAmountMinor()).isZero();
    SettlementBatch third = settle(merchant, day.plusDays(2)).getFirst();
    assertThat(third.getReturned().getAmountMinor()).isEqualTo(200);
    assertThat(third.getNet().getAmountMinor()).isEqualTo(50);
    assertThat(books.payable(merchant)).isZero();
  }

  /// Replicas' clocks differ: the batch that carried something over may seem to be the last for
  /// long.
  @Test
  void whatIsCarriedOverIsDeductedOnceWhateverTheClocksSay() {
    String payer = Pays.payerWith(10_000);
    String merchant = Pays.freshMerchant();
    LocalDate day = settlements.today();
    PayRequest.Builder refunded = Pays.request(payer, merchant, 1_000);
    Pays.pay(refunded);
    settle(merchant, day);
    depositTo(merchant, 500);
    refund(refunded, 300);

    clock.advance(Duration.ofDays(1));
    Pays.pay(Pays.request(payer, merchant, 100));
    clock.advance(Duration.ofDays(10));
    assertFigures(settle(merchant, day.plusDays(1)), 100, 100, 0);
    clock.advance(Duration.ofDays(-9));
    Pays.pay(Pays.request(payer, merchant, 250));
    assertFigures(settle(merchant, day.plusDays(2)), 250, 200, 50);
    clock.advance(Duration.ofDays(1));
    Pays.pay(Pays.request(payer, merchant, 70));
    assertFigures(settle(merchant, day.plusDays(3)), 70, 0, 70);

    assertThat(Grpc.admin().checkLedger(CheckLedgerRequest.getDefaultInstance()).getFindingsList())
        .filteredOn(finding -> finding.getCheck().equals("batch_carry"))
        .isEmpty();
  }

  private static void assertFigures(
      List<SettlementBatch> batches, long grossMinor, long returnedMinor, long netMinor) {
    assertThat(batches).hasSize(1);
    SettlementBatch batch = batches.getFirst();
    assertThat(batch.getGross().getAmountMinor()).isEqualTo(grossMinor);
    assertThat(batch.getReturned().getAmountMinor()).isEqualTo(returnedMinor);
    assertThat(batch.getNet().getAmountMinor()).isEqualTo(netMinor);
  }

  private static void depositTo(String merchant, long amountMinor) {
    Grpc.admin()
        .deposit(
            DepositRequest.newBuilder()
                .setBankReference(Pays.fresh("bank"))
                .setOwnerKind(OwnerKind.OWNER_KIND_MERCHANT)
                .setOwnerId(merchant)
                .setAmount(Pays.cny(amountMinor))
                .build());
  }

  @Test
  void settlingInParallelPaysOutOnce() throws Exception {
    String payer = Pays.payerWith(100_000);
    String merchant = Pays.freshMerchant();
    for (int i = 0; i < 20; i++) {
      Pays.pay(Pays.request(payer, merchant, 100));
    }
    LocalDate day = settlements.today();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<List<SettlementBatch>>> runs = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        runs.add(() -> settle(merchant, day));
      }
      for (Future<List<SettlementBatch>> run : threads.invokeAll(runs)) {
        assertThat(run.get()).hasSize(1);
        assertThat(run.get().getFirst().getNet().getAmountMinor()).isEqualTo(2_000);
      }
    }
    assertThat(
            books.number(
                "SELECT count(*) FROM posting WHERE kind = 'settlement' AND owner_id = ?",
                merchant))
        .isOne();
    assertThat(books.payable(merchant)).isZero();
    assertThat(events(merchant, "MerchantSettled")).isOne();
  }

  @Test
  void aBatchThatACrashLeftOpenIsFinishedByTheNextRun() {
    String payer = Pays.payerWith(1_000);
    String merchant = Pays.freshMerchant();
    PayRequest.Builder request = Pays.request(payer, merchant, 100);
    Pays.pay(request);
    sweeps.sweepAll();
    books.execute(
        """
        INSERT INTO settlement_batch
          (merchant_id, day, currency, batch_id, gross_minor, payment_count, opened_at)
        VALUES ('%1$s', '%2$s', 'CNY', 'stl_crashed-%1$s', 100, 1, now())
        """
            .formatted(merchant, settlements.today()),
        "UPDATE merchant_credit SET batch_id = 'stl_crashed-%s' WHERE payment_id = '%s'"
            .formatted(merchant, request.getPaymentId()));
    SettlementBatch batch = settle(merchant, settlements.today()).getFirst();
    assertThat(batch.getBatchId()).isEqualTo("stl_crashed-" + merchant);
    assertThat(batch.getNet().getAmountMinor()).isEqualTo(100);
    assertThat(books.payable(merchant)).isZero();
  }

  @Test
  void aBatchThatCannotBeClosedKeepsNoOtherFromIt() {
    String payer = Pays.payerWith(1_000);
    String broken = Pays.freshMerchant();
    String merchant = Pays.freshMerchant();
    LocalDate day = settlements.today();
    books.execute(
        """
        INSERT INTO settlement_batch
          (merchant_id, day, currency, batch_id, gross_minor, payment_count, opened_at)
        VALUES ('%1$s', '%2$s', 'CNY', 'stl_broken-%1$s', 100, 1, now())
        """
            .formatted(broken, day));
    Pays.pay(Pays.request(payer, merchant, 100));

    try {
      assertThat(settle(merchant, day)).hasSize(1);
      Pays.pay(Pays.request(payer, merchant, 20));
      LocalDate next = day.plusDays(1);
      clock.advance(Duration.ofDays(1));
      assertThatThrownBy(() -> settlements.settle(next, Optional.empty()))
          .isInstanceOf(IllegalStateException.class);
      assertThat(books.payable(merchant)).isZero();
    } finally {
      books.execute(
          "UPDATE settlement_batch SET gross_minor = 0, payment_count = 0 WHERE merchant_id = '%s'"
              .formatted(broken));
    }
  }

  private static final String STATE = "SELECT state FROM payment WHERE payment_id = ?";

  private long events(String merchant, String type) {
    return books.number(
        "SELECT count(*) FROM outbox WHERE partition_key = ? AND type = ?", merchant, type);
  }

  private long settledEvents(Tap tap) {
    return books.number(
        "SELECT count(*) FROM payment_change WHERE payment_id = ? AND state = 'settled'",
        tap.paymentId());
  }

  private static List<SettlementBatch> settle(String merchant, LocalDate day) {
    return Grpc.admin()
        .runSettlement(
            RunSettlementRequest.newBuilder()
                .setDay(day.toString())
                .setMerchantId(merchant)
                .build())
        .getBatchesList();
  }

  private static void refund(PayRequest.Builder request, long amountMinor) {
    assertThat(
            Grpc.clearing("verify")
                .refund(
                    RefundRequest.newBuilder()
                        .setPaymentId(request.getPaymentId())
                        .setPayerId(request.getPayerId())
                        .setMerchantId(request.getMerchantId())
                        .setRefundId(Pays.fresh("refund"))
                        .setAmount(Pays.cny(amountMinor))
                        .build())
                .hasPayment())
        .isTrue();
  }
}
