package io.tallystick.seed.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.seed.v1.UnlockPayerRequest;
import io.tallystick.seed.harness.Reply;
import io.tallystick.seed.harness.SeedIT;
import io.tallystick.seed.harness.Wallet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PaymentPasswordIT extends SeedIT {
  private static final String PATH = "/v1/payment-password";
  private static final int LIMIT = 5;

  @Test
  void isSetOnceAndChangedWithTheCurrentOne() {
    Wallet wallet = newWalletWithPassword();

    wallet
        .put(PATH, Wallet.newKey(), Map.of("newPassword", "582931"))
        .problem(409, "PAYMENT_PASSWORD_EXISTS");
    wallet
        .put(PATH, Wallet.newKey(), change("000001", "582931"))
        .problem(403, "WRONG_PAYMENT_PASSWORD");
    wallet.put(PATH, Wallet.newKey(), change(wallet.password(), "582931")).ok(204);

    assertThat(tries(wallet, wallet.password())).isEqualTo("WRONG_PAYMENT_PASSWORD");
    wallet.usePassword("582931");
    wallet.enrol();
    assertThat(audited(wallet, "password_set")).isEqualTo(1);
    assertThat(audited(wallet, "password_changed")).isEqualTo(1);
  }

  @Test
  void cannotBeChangedBeforeItIsSet() {
    newWallet()
        .put(PATH, Wallet.newKey(), change("482915", "582931"))
        .problem(409, "PAYMENT_PASSWORD_NOT_SET");
  }

  @Test
  void mustNotBeWeakOrMalformed() {
    Wallet wallet = newWallet();
    for (String weak : List.of("111111", "123456", "654321", "12345", "aaaaaaaa")) {
      wallet
          .put(PATH, Wallet.newKey(), Map.of("newPassword", weak))
          .problem(400, "WEAK_PAYMENT_PASSWORD");
    }
    wallet
        .put(PATH, Wallet.newKey(), Map.of("newPassword", "pässword"))
        .problem(400, "FIELD_MALFORMED");
    wallet.put(PATH, Wallet.newKey(), Map.of()).problem(400, "VALIDATION_FAILED");
    wallet.put(PATH, null, Map.of("newPassword", "582931")).problem(400, "IDEMPOTENCY_KEY_MISSING");
    assertThat(wallet.get(PATH).ok(200).body().get("set").asBoolean()).isFalse();
  }

  @Test
  void fiveWrongOnesLockIt() {
    Wallet wallet = newWalletWithPassword();
    for (int left = LIMIT - 1; left > 0; left--) {
      Reply refused = attempt(wallet, "000001").problem(403, "WRONG_PAYMENT_PASSWORD");
      assertThat(refused.body().get("metadata").get("attemptsLeft").asInt()).isEqualTo(left);
    }

    attempt(wallet, "000001").problem(403, "PAYMENT_PASSWORD_LOCKED");
    Reply right = attempt(wallet, wallet.password()).problem(403, "PAYMENT_PASSWORD_LOCKED");

    assertThat(right.body().get("metadata").get("retryAfterSeconds").asLong())
        .isBetween(86_000L, 86_400L);
    Reply state = wallet.get(PATH).ok(200);
    assertThat(state.body().get("locked").asBoolean()).isTrue();
    assertThat(state.body().get("attemptsLeft").asInt()).isZero();
    assertThat(audited(wallet, "password_failed")).isEqualTo(LIMIT);
    assertThat(audited(wallet, "password_locked")).isEqualTo(1);
  }

  @Test
  void parallelGuessesAreLimitedTheSame() throws Exception {
    Wallet wallet = newWalletWithPassword();
    Callable<String> guess = () -> tries(wallet, "000001");

    List<String> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> answer : threads.invokeAll(Collections.nCopies(20, guess))) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).filteredOn("WRONG_PAYMENT_PASSWORD"::equals).hasSize(LIMIT - 1);
    assertThat(answers).filteredOn("PAYMENT_PASSWORD_LOCKED"::equals).hasSize(20 - LIMIT + 1);
    // Each check that was made left a mark of its own.
    assertThat(audited(wallet, "password_failed")).isEqualTo(LIMIT);
    assertThat(tries(wallet, wallet.password())).isEqualTo("PAYMENT_PASSWORD_LOCKED");
  }

  @Test
  void aRightOneStartsCountingAnew() {
    Wallet wallet = newWalletWithPassword();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < LIMIT - 1; i++) {
        attempt(wallet, "000001").problem(403, "WRONG_PAYMENT_PASSWORD");
      }
      assertThat(tries(wallet, wallet.password())).isEqualTo("PASSED");
    }
  }

  @Test
  void anOperatorUnlocksIt() {
    Wallet wallet = newWalletWithPassword();
    lock(wallet);

    assertThat(unlock(wallet)).isTrue();

    assertThat(tries(wallet, wallet.password())).isEqualTo("PASSED");
    assertThat(unlock(wallet)).isFalse();
    assertThat(
            inside.rows(
                "select actor from security_event where payer_id = ? and kind = 'password_unlocked'",
                wallet.payerId()))
        .containsExactly(List.of("spiffe://tallystick.io/operator/alice"));
  }

  @Test
  void aLockEndsByItselfAfterADay() {
    Wallet wallet = newWalletWithPassword();
    lock(wallet);
    clock.advance(Duration.ofHours(24).minusMinutes(1));
    assertThat(tries(wallet, wallet.password())).isEqualTo("PAYMENT_PASSWORD_LOCKED");

    clock.advance(Duration.ofMinutes(1));

    assertThat(wallet.get(PATH).ok(200).body().get("attemptsLeft").asInt()).isEqualTo(LIMIT);
    assertThat(tries(wallet, "000001")).isEqualTo("WRONG_PAYMENT_PASSWORD");
    assertThat(tries(wallet, wallet.password())).isEqualTo("PASSED");
  }

  @Test
  void repeatsUnderTheSameKeyAndTellsAnotherPasswordApart() {
    Wallet wallet = newWallet();
    String first = Wallet.newKey();
    wallet.put(PATH, first, Map.of("newPassword", "739164")).ok(204);
    assertThat(wallet.put(PATH, first, Map.of("newPassword", "739164")).ok(204).replayed())
        .isTrue();
    wallet.put(PATH, first, Map.of("newPassword", "582931")).problem(422, "IDEMPOTENCY_KEY_REUSED");

    String second = Wallet.newKey();
    wallet.put(PATH, second, change("739164", "582931")).ok(204);
    assertThat(wallet.put(PATH, second, change("739164", "582931")).ok(204).replayed()).isTrue();
    assertThat(audited(wallet, "password_changed")).isEqualTo(1);
  }

  @Test
  void theSameKeyIsNoWayToGuess() {
    Wallet wallet = newWallet();
    String key = Wallet.newKey();
    wallet.put(PATH, key, Map.of("newPassword", "739164")).ok(204);
    for (int i = 0; i < LIMIT - 1; i++) {
      wallet
          .put(PATH, key, Map.of("newPassword", "58293" + i))
          .problem(422, "IDEMPOTENCY_KEY_REUSED");
    }

    wallet.put(PATH, key, Map.of("newPassword", "000002")).problem(403, "PAYMENT_PASSWORD_LOCKED");
  }

  @Test
  void keepsNothingOfThePasswordButPepperedArgon2id() {
    Wallet wallet = newWalletWithPassword();

    assertThat(
            inside
                .rows("select phc from payment_password where payer_id = ?", wallet.payerId())
                .getFirst()
                .getFirst())
        .matches("\\$argon2id\\$v=19\\$m=256,t=2,p=1,keyid=MQ\\$.{22}\\$.{43}");
    assertThat(
            inside.rows(
                "select request::text, response from idempotency where scope = ?",
                "payment-password:" + wallet.payerId()))
        .containsExactly(List.of("{}", "\\x"));
  }

  private static Map<String, String> change(String current, String wanted) {
    return Map.of("currentPassword", current, "newPassword", wanted);
  }

  /// Presents a password with a request that does nothing when it is right: enrolling without a
  /// good challenge.
  private Reply attempt(Wallet wallet, String password) {
    String key = Wallet.newKey();
    Map<String, Object> body = wallet.enrolment(key, new byte[32]);
    body.put("paymentPassword", password);
    return wallet.tryEnrol(key, body);
  }

  private String tries(Wallet wallet, String password) {
    String reason = attempt(wallet, password).text("reason");
    return reason.equals("CHALLENGE_REFUSED") ? "PASSED" : reason;
  }

  private void lock(Wallet wallet) {
    for (int i = 0; i < LIMIT; i++) {
      attempt(wallet, "000001");
    }
    assertThat(tries(wallet, wallet.password())).isEqualTo("PAYMENT_PASSWORD_LOCKED");
  }

  private boolean unlock(Wallet wallet) {
    return admin
        .unlockPayer(UnlockPayerRequest.newBuilder().setPayerId(wallet.payerId()).build())
        .getWasLocked();
  }
}
