package io.tallystick.clearing.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.clearing.Books;
import io.tallystick.clearing.Pays;
import io.tallystick.kit.database.Database;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "clearing"))
class SweepIT {
  @Inject Books books;
  @Inject Database database;
  @Inject SweepService sweeps;

  @Test
  void payingAMerchantDoesntWaitForTheMerchantsAccount() throws Exception {
    String merchant = Pays.freshMerchant();
    Pays.pay(Pays.request(Pays.payerWith(100), merchant, 100));
    sweeps.sweepAll();
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> holder = threads.submit(() -> holdMerchant(merchant, locked, done));
      assertThat(locked.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(Pays.pay(Pays.request(Pays.payerWith(100), merchant, 100)).getState())
          .isEqualTo("paid");
      done.countDown();
      assertThat(holder.get()).isTrue();
    }
  }

  private boolean holdMerchant(String merchant, CountDownLatch locked, CountDownLatch done)
      throws InterruptedException {
    return database.inTransaction(handle -> {
      handle
          .select("SELECT owner_id FROM account WHERE owner_id = ? FOR UPDATE", merchant)
          .mapTo(String.class)
          .list();
      locked.countDown();
      return done.await(15, TimeUnit.SECONDS);
    });
  }

  @Test
  void sweepingInParallelCreditsOnce() throws Exception {
    String merchant = Pays.freshMerchant();
    for (int i = 0; i < 30; i++) {
      Pays.pay(Pays.request(Pays.payerWith(100), merchant, 100));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> runs = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        runs.add(sweeps::sweepAll);
      }
      for (Future<Integer> run : threads.invokeAll(runs)) {
        run.get();
      }
    }
    sweeps.sweepAll();
    assertThat(books.payable(merchant)).isEqualTo(3_000);
    assertThat(
            books.number(
                "SELECT sum(amount_minor) FROM entry WHERE account_owner_id = ?", merchant))
        .isEqualTo(3_000);
  }
}
