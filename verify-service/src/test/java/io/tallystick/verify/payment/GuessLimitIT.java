package io.tallystick.verify.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.clearing.v1.PayMode;
import io.tallystick.api.verify.v1.DeclineReason;
import io.tallystick.api.verify.v1.Declined;
import io.tallystick.api.verify.v1.PayByCodeResponse;
import io.tallystick.protocol.code.Alias;
import io.tallystick.verify.testing.Parallel;
import io.tallystick.verify.testing.Statuses;
import io.tallystick.verify.testing.TestTerminal;
import io.tallystick.verify.testing.VerifyIT;
import io.tallystick.verify.testing.Wallet;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Guessing at codes: what is turned away, what steps up, and that nobody can be locked out. The
/// limits are the defaults: 30 at a terminal, 8 with an alias at a terminal, 10 with an alias.
@QuarkusTest
class GuessLimitIT extends VerifyIT {
  private static final SecureRandom RANDOM = new SecureRandom();

  @BeforeEach
  void forgetOtherTests() {
    // Each test has a terminal and an alias of its own; only the platform's own count is shared.
    database.useTransaction(
        handle -> handle.execute("DELETE FROM guess_count WHERE scope = 'all'"));
  }

  @Test
  void turnsAwayATerminalThatGuesses() throws Exception {
    List<PayByCodeResponse> guesses =
        Parallel.run(30, i -> () -> terminal.pay(order + "-" + i, unknownCode(), 100));
    assertThat(guesses).allSatisfy(PayByCodeIT::assertRefused);

    Statuses status = Statuses.of(() -> terminal.pay(order, wallet.code(clock.instant(), 0), 100));

    assertThat(status.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(status.reason()).isEqualTo("TOO_MANY_WRONG_CODES");
    assertThat(status.metadata()).containsEntry("scope", "terminal");
    assertThat(Integer.parseInt(status.metadata().get("retryAfterSeconds"))).isBetween(1, 600);
    assertThat(terminal.query(order).hasUnknownOrder()).isTrue();
    assertThat(pays()).isEmpty();
  }

  @Test
  void letsTheTerminalPayAgainAfterTheWindow() throws Exception {
    Parallel.run(30, i -> () -> terminal.pay(order + "-" + i, unknownCode(), 100));
    Statuses.of(() -> terminal.pay(order, wallet.code(clock.instant(), 0), 100));

    clock.advance(Duration.ofMinutes(10).plusSeconds(1));

    assertThat(terminal.pay(order, wallet.code(clock.instant(), 0), 100).hasPaid()).isTrue();
  }

  @Test
  void answersKnownOrdersOfATerminalThatIsTurnedAway() throws Exception {
    String code = wallet.code(clock.instant(), 0);
    PayByCodeResponse paid = terminal.pay(order, code, 100);
    Parallel.run(30, i -> () -> terminal.pay(order + "-" + i, unknownCode(), 100));
    Statuses.of(() -> terminal.pay(order + "-x", wallet.code(clock.instant(), 1), 100));

    assertThat(terminal.pay(order, code, 100)).isEqualTo(paid);
    assertThat(terminal.query(order).hasPaid()).isTrue();
  }

  @Test
  void countsForAllTerminalsOfAMerchant() throws Exception {
    List<TestTerminal> tills = new ArrayList<>();
    for (int i = 1; i <= 15; i++) {
      tills.add(terminals.register(terminal.merchantId(), "till" + i));
    }
    Parallel.run(300, i -> () -> tills.get(i % 15).pay(order + "-" + i, unknownCode(), 100));

    // A terminal that never sent a wrong code is turned away with its merchant.
    Statuses status = Statuses.of(() -> terminal.pay(order, wallet.code(clock.instant(), 0), 100));

    assertThat(status.metadata()).containsEntry("scope", "merchant");
  }

  @Test
  void refusesAnAliasOnlyAtTheTerminalThatGuessesAtIt() {
    for (int i = 0; i < 8; i++) {
      PayByCodeIT.assertRefused(
          terminal.pay(order + "-" + i, wallet.wrongCode(clock.instant(), i), 100));
    }

    // Refused as a wrong code is, though it is right.
    PayByCodeResponse here = terminal.pay(order + "-9", wallet.code(clock.instant(), 0), 100);
    PayByCodeResponse elsewhere =
        terminals.register().pay(order, wallet.code(clock.instant(), 1), 100);

    PayByCodeIT.assertRefused(here);
    assertThat(elsewhere.hasPaid()).isTrue();
    // Somebody else pays at that terminal as ever.
    assertThat(terminal.pay(order, newWallet().code(clock.instant(), 0), 100).hasPaid()).isTrue();
  }

  @Test
  void makesAVictimConfirmButNeverLocksHerOut() {
    // Two guesses each at five terminals: below every limit of a terminal.
    for (int i = 0; i < 5; i++) {
      TestTerminal thief = terminals.register();
      thief.pay(order + "-a" + i, wallet.wrongCode(clock.instant(), 2 * i), 100);
      thief.pay(order + "-b" + i, wallet.wrongCode(clock.instant(), 2 * i + 1), 100);
    }

    PayByCodeResponse answer = terminal.pay(order, wallet.code(clock.instant(), 0), 100);

    assertThat(answer.hasAwaitingPayer()).isTrue();
    assertThat(pays())
        .singleElement()
        .satisfies(pay -> {
          assertThat(pay.getMode()).isEqualTo(PayMode.PAY_MODE_STEP_UP);
          assertThat(pay.getReasons(0).getRule()).isEqualTo("code_guessing");
        });
    clock.advance(Duration.ofMinutes(10).plusSeconds(1));
    assertThat(terminal.pay(order + "-later", wallet.code(clock.instant(), 0), 100).hasPaid())
        .isTrue();
  }

  @Test
  void makesEverybodyConfirmWhenThePlatformIsGuessedAt() {
    long window = clock.instant().getEpochSecond() / 300 * 300;
    database.useTransaction(handle ->
        handle
            .createUpdate(
                "INSERT INTO guess_count VALUES ('all', 'all', to_timestamp(:start),"
                    + " to_timestamp(:start) + interval '1 hour', 20000)")
            .bind("start", window)
            .execute());

    assertThat(terminal.pay(order, wallet.code(clock.instant(), 0), 100).hasAwaitingPayer())
        .isTrue();
  }

  @Test
  void countsNoCodeThatWasGoodAndIsUsed() throws Exception {
    String code = wallet.code(clock.instant(), 0);
    terminal.pay(order, code, 100);
    Parallel.run(40, i -> () -> terminal.pay(order + "-" + i, code, 100));

    assertThat(terminal.pay(order + "-new", wallet.code(clock.instant(), 1), 100).hasPaid())
        .isTrue();
  }

  @Test
  void answersEveryCodeThatIsNoGoodTheSame() {
    Instant now = clock.instant();
    Wallet revoked = newWallet();
    seed.revoke(revoked, now);
    String used = wallet.code(now, 5);
    terminal.pay(order, used, 100);
    List<String> codes =
        List.of(
            used,
            wallet.code(now, 4),
            wallet.wrongCode(now, 1),
            wallet.code(now.minusSeconds(240), 0),
            revoked.code(now, 0),
            unknownCode(),
            "37" + "1".repeat(18),
            "99" + "1".repeat(18));
    Set<String> shapes = new TreeSet<>();
    for (int i = 0; i < codes.size(); i++) {
      String code = codes.get(i);
      int number = i;
      long began = System.nanoTime();

      PayByCodeResponse answer = terminal.pay(order + "-" + number, code, 100);

      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isGreaterThanOrEqualTo(Duration.ofMillis(100));
      Declined declined = answer.getDeclined();
      assertThat(declined.getReason()).isEqualTo(DeclineReason.DECLINE_REASON_CODE_REFUSED);
      shapes.add(
          answer.toBuilder()
              .setPaymentId("")
              .setDeclined(declined.toBuilder().clearDeclinedAt())
              .build()
              .toString());
      assertThat(terminal.query(order + "-" + number).getDeclined()).isEqualTo(declined);
    }
    assertThat(shapes).hasSize(1);
  }

  @Test
  void storesNoCode() {
    String code = wallet.code(clock.instant(), 0);
    terminal.pay(order, code, 100);
    terminal.pay(order + "-2", wallet.wrongCode(clock.instant(), 1), 100);

    List<String> rows =
        database.read(handle ->
            handle
                .createQuery(
                    "SELECT o::text FROM code_order o UNION ALL SELECT g::text FROM guess_count g")
                .mapTo(String.class)
                .list());

    assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(code.substring(2, 12)));
  }

  private static String unknownCode() {
    return "36" + Alias.generate(RANDOM).digits() + "%08d".formatted(RANDOM.nextInt(100_000_000));
  }
}
