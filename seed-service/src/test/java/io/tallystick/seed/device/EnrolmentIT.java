package io.tallystick.seed.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.protocol.authorisation.AuthorisationStatus;
import io.tallystick.protocol.authorisation.AuthorisationVerifier;
import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.seed.harness.ClearingPeer;
import io.tallystick.seed.harness.Reply;
import io.tallystick.seed.harness.SeedIT;
import io.tallystick.seed.harness.Wallet;
import io.tallystick.seed.harness.Wallet.Credential;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EnrolmentIT extends SeedIT {
  @Test
  void givesTheWalletAllItNeeds() {
    Wallet wallet = newWalletWithPassword();

    Reply reply = wallet.enrol().reply();

    DeviceAuthorisation authorisation = DeviceAuthorisation.parse(reply.bytes("authorisation"));
    assertThat(
            AuthorisationVerifier.trusting(surroundings.root().publicKey())
                .verify(authorisation, clock.instant()))
        .isEqualTo(AuthorisationStatus.GOOD);
    assertThat(authorisation.terms().deviceKey()).isEqualTo(wallet.deviceKey().publicKey());
    assertThat(authorisation.deviceId()).hasToString(reply.text("deviceId"));
    assertThat(authorisation.terms().account()).hasToString(reply.text("accountNumber"));
    assertThat(authorisation.allowance().amountMinor()).isEqualTo(20_000);
    assertThat(authorisation.issuer())
        .isEqualTo(IssuerCertificate.parse(reply.bytes("issuerCertificate")));
    assertThat(Sm2PublicKey.fromCompressed(reply.bytes("rootPublicKey")))
        .isEqualTo(surroundings.root().publicKey());
    assertThat(reply.body().get("allowance").get("amountMinor").asLong()).isEqualTo(20_000);
    assertThat(reply.body().get("codePrefixes").get("offline").asText()).isEqualTo("36");
    assertThat(reply.body().get("limits").get("onlineCodeValiditySeconds").asInt()).isEqualTo(60);
    assertThat(reply.headers().firstValue("Cache-Control"))
        .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
    assertThat(reply.replayed()).isFalse();
    assertThat(published(wallet, "DeviceEnrolled")).isEqualTo(1);
    assertThat(audited(wallet, "device_enrolled")).isEqualTo(1);
    assertThat(surroundings.clearing().heldMinor(reply.text("deviceId"))).isEqualTo(20_000);
  }

  @Test
  void holdsLessWhereTheBalanceIsSmaller() {
    Wallet wallet = newWalletWithPassword();
    surroundings.clearing().setAvailable(wallet.payerId(), 700);

    Reply reply = wallet.enrol().reply();

    assertThat(reply.body().get("allowance").get("amountMinor").asLong()).isEqualTo(700);
    assertThat(DeviceAuthorisation.parse(reply.bytes("authorisation")).allowance().amountMinor())
        .isEqualTo(700);
  }

  @Test
  void repeatsALostAnswerUnderTheSameKey() {
    Wallet wallet = newWalletWithPassword();
    String key = Wallet.newKey();
    Map<String, Object> body = wallet.enrolment(key, wallet.challenge());
    Reply first = wallet.tryEnrol(key, body).ok(201);
    clock.advance(Duration.ofMinutes(2));

    Reply again = wallet.tryEnrol(key, body).ok(201);

    for (String field : List.of("deviceId", "seed", "alias", "authorisation", "seedExpiresAt")) {
      assertThat(again.text(field)).as(field).isEqualTo(first.text(field));
    }
    assertThat(again.replayed()).isTrue();
    // A wallet sets its reckoning by it, so it is never that of the first answer.
    assertThat(again.text("serverTime")).isGreaterThan(first.text("serverTime"));
    assertThat(published(wallet, "DeviceEnrolled")).isEqualTo(1);
    assertThat(surroundings.clearing().effective(wallet.payerId())).hasSize(1);
  }

  @Test
  void repeatsNothingWithoutTheRightPassword() {
    Wallet wallet = newWalletWithPassword();
    String key = Wallet.newKey();
    Map<String, Object> body = wallet.enrolment(key, wallet.challenge());
    wallet.tryEnrol(key, body).ok(201);
    body.put("paymentPassword", "000001");

    wallet.tryEnrol(key, body).problem(403, "WRONG_PAYMENT_PASSWORD");
  }

  @Test
  void repeatsASecretForAShortTimeOnly() {
    Wallet wallet = newWalletWithPassword();
    String key = Wallet.newKey();
    Map<String, Object> body = wallet.enrolment(key, wallet.challenge());
    wallet.tryEnrol(key, body).ok(201);
    clock.advance(Duration.ofMinutes(11));

    wallet.tryEnrol(key, body).problem(409, "REPLY_EXPIRED");
  }

  @Test
  void refusesAnotherBodyUnderTheSameKey() {
    Wallet wallet = newWalletWithPassword();
    String key = Wallet.newKey();
    Map<String, Object> body = wallet.enrolment(key, wallet.challenge());
    wallet.tryEnrol(key, body).ok(201);
    body.put("name", "Another phone");

    Reply refused = wallet.tryEnrol(key, body).problem(422, "IDEMPOTENCY_KEY_REUSED");

    assertThat(refused.body().get("metadata").get("difference").asText()).isEqualTo("name");
  }

  @Test
  void retiresTheEarlierDeviceAtOnce() {
    Wallet wallet = newWalletWithPassword();
    Credential first = wallet.enrol();
    assertThat(matches(first.code(clock.instant(), 0))).isTrue();

    Credential second = wallet.enrolAnother();

    assertThat(matches(first.code(clock.instant(), 1))).isFalse();
    assertThat(matches(second.code(clock.instant(), 0))).isTrue();
    assertThat(second.reply().text("accountNumber")).isEqualTo(first.reply().text("accountNumber"));
    assertThat(published(wallet, "DeviceRevoked")).isEqualTo(1);
    assertThat(
            inside.rows(
                "select state, revocation_reason from device where device_id = ?",
                first.deviceId()))
        .containsExactly(List.of("revoked", "replaced"));
    assertThat(
            inside.count(
                "select count(*) from seed where device_id = ? and sealed is null",
                first.deviceId()))
        .isEqualTo(1);
    assertThat(surroundings.clearing().heldMinor(first.deviceId())).isZero();
    assertThat(surroundings.clearing().heldMinor(second.deviceId())).isEqualTo(20_000);
  }

  @Test
  void leavesTheEarlierDeviceAloneWhileClearingIsAwayAndGoesOnAfterwards() {
    Wallet wallet = newWalletWithPassword();
    Credential first = wallet.enrol();
    wallet.makeNewDeviceKey();
    String key = Wallet.newKey();
    Map<String, Object> body = wallet.enrolment(key, wallet.challenge());
    surroundings.clearing().set(ClearingPeer.Mode.AWAY);

    wallet.tryEnrol(key, body).problem(503, "CLEARING_UNAVAILABLE");

    assertThat(matches(first.code(clock.instant(), 0))).isTrue();
    assertThat(
            inside.count(
                "select count(*) from seed s join device d on d.device_id = s.device_id"
                    + " where d.payer_id = ? and d.state = 'pending'",
                wallet.payerId()))
        .isZero();
    assertThat(wallet.get("/v1/devices").ok(200).body().get("devices")).hasSize(1);
    assertThat(published(wallet, "DeviceRevoked")).isZero();

    surroundings.clearing().set(ClearingPeer.Mode.ANSWERS);
    eventually("the enrolment goes on", () -> wallet.tryEnrol(key, body).status() == 201);

    assertThat(matches(first.code(clock.instant(), 1))).isFalse();
    assertThat(published(wallet, "DeviceEnrolled")).isEqualTo(2);
  }

  @Test
  void holdsTheAllowanceOnceWhenClearingsAnswerIsLost() {
    Wallet wallet = newWalletWithPassword();
    String key = Wallet.newKey();
    Map<String, Object> body = wallet.enrolment(key, wallet.challenge());
    surroundings.clearing().set(ClearingPeer.Mode.LOSES_ANSWERS);
    wallet.tryEnrol(key, body).problem(503, "CLEARING_UNAVAILABLE");
    surroundings.clearing().set(ClearingPeer.Mode.ANSWERS);

    eventually("the enrolment goes on", () -> wallet.tryEnrol(key, body).status() == 201);

    assertThat(surroundings.clearing().effective(wallet.payerId())).hasSize(1);
  }

  @Test
  void takesBackTheAllowanceOfAnEnrolmentThatWasGivenUp() {
    Wallet wallet = newWalletWithPassword();
    String key = Wallet.newKey();
    Map<String, Object> body = wallet.enrolment(key, wallet.challenge());
    surroundings.clearing().set(ClearingPeer.Mode.LOSES_ANSWERS);
    wallet.tryEnrol(key, body).problem(503, "CLEARING_UNAVAILABLE");
    surroundings.clearing().set(ClearingPeer.Mode.ANSWERS);
    clock.advance(Duration.ofSeconds(20));
    eventually("clearing answers again", () -> newWalletWithPassword().enrol() != null);

    Credential other = wallet.enrolAnother();

    String givenUp =
        inside
            .rows(
                "select device_id from device where payer_id = ? and state = 'abandoned'",
                wallet.payerId())
            .getFirst()
            .getFirst();
    assertThat(surroundings.clearing().heldMinor(givenUp)).isZero();
    assertThat(surroundings.clearing().heldMinor(other.deviceId())).isEqualTo(20_000);
    wallet.tryEnrol(key, body).problem(409, "ENROLMENT_SUPERSEDED");
  }

  @Test
  void keepsAnotherEnrolmentOutWhileOneIsUnderWay() {
    Wallet wallet = newWalletWithPassword();
    String key = Wallet.newKey();
    surroundings.clearing().set(ClearingPeer.Mode.AWAY);
    wallet
        .tryEnrol(key, wallet.enrolment(key, wallet.challenge()))
        .problem(503, "CLEARING_UNAVAILABLE");
    wallet.makeNewDeviceKey();
    String otherKey = Wallet.newKey();

    wallet
        .tryEnrol(otherKey, wallet.enrolment(otherKey, wallet.challenge()))
        .problem(409, "ENROLMENT_IN_PROGRESS");
  }

  @Test
  void tellsAPayerWithoutAMoneyAccount() {
    Wallet wallet = newWalletWithPassword();
    surroundings.clearing().removeAccount(wallet.payerId());
    String key = Wallet.newKey();
    Map<String, Object> body = wallet.enrolment(key, wallet.challenge());
    wallet.tryEnrol(key, body).problem(409, "ACCOUNT_UNKNOWN");
    surroundings.clearing().setAvailable(wallet.payerId(), 50_000);

    wallet.tryEnrol(key, body).ok(201);
  }

  @Test
  void enrolsOnceWhenTheSameRequestComesManyTimesAtOnce() throws Exception {
    Wallet wallet = newWalletWithPassword();
    String key = Wallet.newKey();
    Map<String, Object> body = wallet.enrolment(key, wallet.challenge());
    Callable<Reply> once = () -> wallet.tryEnrol(key, body);

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> replies = threads.invokeAll(List.of(once, once, once, once));
      String seed = replies.getFirst().get().ok(201).text("seed");
      for (Future<Reply> reply : replies) {
        assertThat(reply.get().ok(201).text("seed")).isEqualTo(seed);
      }
    }

    assertThat(published(wallet, "DeviceEnrolled")).isEqualTo(1);
    assertThat(surroundings.clearing().effective(wallet.payerId())).hasSize(1);
  }

  @Test
  void refusesAProofForAnotherChallengeKeyOrPayer() {
    Wallet wallet = newWalletWithPassword();
    String key = Wallet.newKey();
    Map<String, Object> body = wallet.enrolment(key, wallet.challenge());
    Map<String, Object> otherChallenge = wallet.enrolment(key, wallet.challenge());
    otherChallenge.put("challenge", body.get("challenge"));
    wallet.tryEnrol(key, otherChallenge).problem(403, "PROOF_REFUSED");
    wallet.tryEnrol(Wallet.newKey(), body).problem(403, "PROOF_REFUSED");

    Wallet thief = newWalletWithPassword();
    body.put("paymentPassword", thief.password());
    thief.tryEnrol(key, body).problem(403, "PROOF_REFUSED");
  }

  @Test
  void refusesAChallengeThatIsUsedExpiredOrSomeoneElses() {
    Wallet wallet = newWalletWithPassword();
    byte[] used = wallet.challenge();
    String key = Wallet.newKey();
    wallet.tryEnrol(key, wallet.enrolment(key, used)).ok(201);
    wallet.makeNewDeviceKey();
    String second = Wallet.newKey();
    wallet.tryEnrol(second, wallet.enrolment(second, used)).problem(409, "CHALLENGE_REFUSED");
    byte[] others = newWalletWithPassword().challenge();
    wallet.tryEnrol(second, wallet.enrolment(second, others)).problem(409, "CHALLENGE_REFUSED");
    byte[] late = wallet.challenge();
    clock.advance(Duration.ofMinutes(5).plusSeconds(1));
    wallet.tryEnrol(second, wallet.enrolment(second, late)).problem(409, "CHALLENGE_REFUSED");
  }

  @Test
  void refusesADeviceKeyThatEnrolledBefore() {
    Wallet wallet = newWalletWithPassword();
    wallet.enrol();
    String key = Wallet.newKey();
    wallet.tryEnrol(key, wallet.enrolment(key, wallet.challenge())).problem(409, "DEVICE_KEY_USED");

    Wallet other = newWalletWithPassword();
    other.useDeviceKey(wallet.deviceKey());
    other.tryEnrol(key, other.enrolment(key, other.challenge())).problem(409, "DEVICE_KEY_USED");
  }

  @Test
  void limitsChallengesThatWait() {
    Wallet wallet = newWalletWithPassword();
    for (int i = 0; i < 10; i++) {
      wallet.challenge();
    }

    rest.send("POST", "/v1/devices/challenges", wallet.token(), null, null)
        .problem(429, "TOO_MANY_REQUESTS");
    clock.advance(Duration.ofMinutes(6));
    wallet.challenge();
  }

  @Test
  void needsAPasswordFirst() {
    Wallet wallet = newWallet();
    String key = Wallet.newKey();

    wallet
        .tryEnrol(key, wallet.enrolment(key, wallet.challenge()))
        .problem(409, "PAYMENT_PASSWORD_NOT_SET");
  }
}
