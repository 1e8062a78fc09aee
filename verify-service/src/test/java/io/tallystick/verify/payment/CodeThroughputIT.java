package io.tallystick.verify.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.verify.v1.PayByCodeResponse;
import io.tallystick.verify.testing.Parallel;
import io.tallystick.verify.testing.TestTerminal;
import io.tallystick.verify.testing.VerifyIT;
import io.tallystick.verify.testing.Wallet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Information, not a bar: what 64 callers get through with peers, client and stores on one
/// machine.
@QuarkusTest
class CodeThroughputIT extends VerifyIT {
  private static final int CALLERS = 64;
  private static final int PAYMENTS_EACH = 25;

  @Test
  void paysForSixtyFourCallersAtOnce() throws Exception {
    List<TestTerminal> tills = new ArrayList<>();
    List<Wallet> wallets = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      wallets.add(newWallet());
    }
    for (int i = 0; i < 8; i++) {
      tills.add(terminals.register(terminal.merchantId(), "till" + i));
    }
    Parallel.run(8, i -> () -> tills.get(i).query("warm-up"));
    long began = System.nanoTime();

    List<List<PayByCodeResponse>> answers =
        Parallel.run(CALLERS, i -> () -> payMany(tills.get(i % 8), wallets.get(i), i));

    Duration took = Duration.ofNanos(System.nanoTime() - began);
    int payments = CALLERS * PAYMENTS_EACH;
    System.out.printf(
        "PayByCode: %d payments of %d callers in %d ms, %.0f/s%n",
        payments, CALLERS, took.toMillis(), payments * 1e9 / took.toNanos());
    assertThat(answers.stream().flatMap(List::stream)).allMatch(PayByCodeResponse::hasPaid);
    assertThat(pays()).hasSize(payments);
  }

  /// With online codes: a wallet has no more than thirty offline ones at a time.
  private List<PayByCodeResponse> payMany(TestTerminal till, Wallet payer, int caller) {
    List<PayByCodeResponse> answers = new ArrayList<>();
    for (int i = 0; i < PAYMENTS_EACH; i++) {
      String code = i < 10 ? payer.code(clock.instant(), i) : seed.onlineCode(payer);
      answers.add(till.pay(order + "-" + caller + "-" + i, code, 100));
    }
    return answers;
  }
}
