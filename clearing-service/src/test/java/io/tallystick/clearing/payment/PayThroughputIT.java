package io.tallystick.clearing.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.clearing.Books;
import io.tallystick.clearing.Pays;
import io.tallystick.clearing.audit.LedgerAudit;
import io.tallystick.clearing.audit.LedgerReport;
import io.tallystick.clearing.settlement.SettlementService;
import io.tallystick.clearing.sweep.SweepService;
import io.tallystick.protocol.model.Money;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Many callers at once: how fast (information), and that nothing is lost meanwhile (the test).
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "clearing"))
class PayThroughputIT {
  private static final int CALLERS = 64;
  private static final int EACH = 100;
  private static final int PAYERS = 200;

  @Inject Books books;
  @Inject PayService pays;
  @Inject ReturnService returns;
  @Inject SweepService sweeps;
  @Inject SettlementService settlements;
  @Inject LedgerAudit audit;

  private final List<String> payers = new ArrayList<>();
  private final String merchant = Pays.freshMerchant();

  @Test
  void sixtyFourCallersPayOneMerchantWhileItIsSweptReversedAndSettled() throws Exception {
    for (int i = 0; i < PAYERS; i++) {
      payers.add(Pays.payerWith(1_000_000));
    }
    run(command -> pays.pay(command), 20);
    long before = books.number("SELECT count(*) FROM payment WHERE merchant_id = ?", merchant);
    AtomicBoolean running = new AtomicBoolean(true);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> sweeper =
          threads.submit(() -> {
            while (running.get()) {
              sweeps.sweepAll();
            }
          });
      long began = System.nanoTime();
      run(command -> pays.pay(command), EACH);
      double seconds = (System.nanoTime() - began) / 1e9;
      running.set(false);
      sweeper.get();
      System.out.printf(
          Locale.ROOT,
          "pay throughput: %d payments by %d callers in %.2f s = %.0f/s%n",
          CALLERS * EACH,
          CALLERS,
          seconds,
          CALLERS * EACH / seconds);
    }
    assertThat(books.number("SELECT count(*) FROM payment WHERE merchant_id = ?", merchant))
        .isEqualTo(before + CALLERS * EACH);
    settlements.settle(settlements.today(), Optional.of(merchant));
    LedgerReport report = audit.check();
    assertThat(report.findings()).isEmpty();
  }

  /// Returns, sweeps, settlements and payments of the same few payers and merchant, all at once.
  @Test
  void everythingAtOnceLosesNothing() throws Exception {
    for (int i = 0; i < 5; i++) {
      payers.add(Pays.payerWith(3_000));
    }
    AtomicLong turn = new AtomicLong();
    run(
        command -> {
          PaymentTerms terms = command.terms();
          switch ((int) (turn.incrementAndGet() % 10)) {
            case 0 -> returns.reverse(terms.payerId(), terms.paymentId(), terms.merchantId());
            case 1 -> sweeps.sweepAll();
            case 2 -> settlements.settle(settlements.today(), Optional.of(merchant));
            default -> {
              // Only pays.
            }
          }
          pays.pay(command);
          switch ((int) (turn.get() % 4)) {
            case 0 -> returns.reverse(terms.payerId(), terms.paymentId(), terms.merchantId());
            case 1 ->
                returns.refund(
                    new Refund(
                        terms.payerId(),
                        terms.paymentId(),
                        "r1",
                        terms.merchantId(),
                        Money.of(1, "CNY")));
            default -> {
              // Stays paid.
            }
          }
        },
        10);
    LedgerReport report = audit.check();
    assertThat(report.findings()).isEmpty();
    assertThat(payers).allSatisfy(payer -> assertThat(books.available(payer)).isNotNegative());
  }

  private interface Call {
    void make(PayCommand command);
  }

  private void run(Call call, int each) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> callers = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        Random random = new Random(caller);
        callers.add(
            threads.submit(() -> {
              for (int i = 0; i < each; i++) {
                call.make(command(payers.get(random.nextInt(payers.size()))));
              }
            }));
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
    }
  }

  private PayCommand command(String payer) {
    String id = Pays.fresh("pay");
    PaymentTerms terms =
        new PaymentTerms(
            payer,
            id,
            new Instrument(InstrumentKind.OFFLINE_CODE, "code:" + id),
            "d1",
            merchant,
            "t1",
            "order-" + id,
            Money.of(100, "CNY"));
    return new PayCommand(terms, false, List.of());
  }
}
