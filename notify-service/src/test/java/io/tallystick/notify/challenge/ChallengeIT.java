package io.tallystick.notify.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.events.v1.ChallengeEnded;
import io.tallystick.api.events.v1.ChallengeOutcome;
import io.tallystick.api.events.v1.PaymentChanged;
import io.tallystick.notify.testing.Api;
import io.tallystick.notify.testing.Await;
import io.tallystick.notify.testing.Clearing;
import io.tallystick.notify.testing.NotifyTestResource;
import io.tallystick.notify.testing.Records;
import io.tallystick.notify.testing.SmsCentre;
import io.tallystick.sandbox.base.DevOidc;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(NotifyTestResource.class)
class ChallengeIT {
  @Inject Clearing clearing;
  @Inject Records records;
  TestPlatform platform;
  SmsCentre centre;

  private final String payerId = "payer-" + UUID.randomUUID();
  private final String number =
      "+86" + ThreadLocalRandom.current().nextLong(10_000_000_000L, 99_999_999_999L);

  @Test
  void asksForOneConfirmationHoweverOftenItIsTold() {
    UUID eventId = UUID.randomUUID();
    PaymentChanged frozen = Clearing.frozen(payerId, "tap_a").build();
    clearing.publish(eventId, payerId, frozen);
    clearing.publish(eventId, payerId, frozen);
    clearing.publish(payerId, frozen);
    clearing.publish(payerId, Clearing.changed(payerId, "tap_b", "cleared", 2).build());

    Await.until("all are applied", () -> items() == 2);
    assertThat(records.number("SELECT count(*) FROM challenge WHERE payer_id = ?", payerId))
        .isEqualTo(1);
    Api.Answer inbox = payer().get("/v1/inbox");
    assertThat(inbox.body().at("/items")).hasSize(2);
    var item =
        inbox
            .body()
            .at("/items")
            .valueStream()
            .filter(i -> i.path("type").asText().equals("challenge"))
            .findFirst()
            .orElseThrow();
    assertThat(item.at("/paymentId").asText()).isEqualTo("tap_a");
    assertThat(item.at("/text").asText()).contains("42.00 CNY", "shop-1", "3 taps within 10 s");
    assertThat(item.at("/reasons/0/thresholds/maxTapsIn10Seconds").asText()).isEqualTo("2");
    assertThat(item.at("/challengeId").asText())
        .isEqualTo(records.challengeOf(payerId, "tap_a").orElseThrow());
  }

  @Test
  void makesNoChallengeOfAStateThatWasLeftAlready() {
    clearing.publish(payerId, Clearing.changed(payerId, "tap_a", "cleared", 3).build());
    Await.until("the newer is told", () -> items() == 1);
    clearing.publish(payerId, Clearing.frozen(payerId, "tap_a").build());
    Await.until(
        "the older is noted",
        () -> records.number("SELECT count(*) FROM payment_told WHERE payer_id = ?", payerId) == 2);
    assertThat(records.challengeOf(payerId, "tap_a")).isEmpty();
    assertThat(items()).isEqualTo(1);
  }

  @Test
  void passesWithTheRightCodeAfterAWrongOne() {
    String id = challenge();
    contact();
    String code = code(id);

    Api.Answer wrong = answer(id, other(code));
    assertThat(wrong.text("/outcome")).isEqualTo("wrong");
    assertThat(wrong.body().at("/triesLeft").asInt()).isEqualTo(4);
    assertThat(wrong.text("/challenge/state")).isEqualTo("delivered");

    Api.Answer right = answer(id, code);
    assertThat(right.text("/outcome")).isEqualTo("passed");
    assertThat(right.text("/challenge/state")).isEqualTo("passed");
    assertThat(right.text("/challenge/method")).isEqualTo("sms");
    assertThat(answer(id, other(code)).text("/outcome")).isEqualTo("passed");
    ChallengeEnded event = onlyEvent(id);
    assertThat(event.getOutcome()).isEqualTo(ChallengeOutcome.CHALLENGE_OUTCOME_PASSED);
    assertThat(event.getMethod()).isEqualTo("sms");
    assertThat(event.getPaymentId()).isEqualTo("tap_1");
    assertThat(event.getPayerId()).isEqualTo(payerId);
  }

  @Test
  void failsAtTheFifthWrongCode() {
    String id = challenge();
    contact();
    String code = code(id);
    for (int left = 4; left >= 1; left--) {
      Api.Answer wrong = answer(id, other(code));
      assertThat(wrong.text("/outcome")).isEqualTo("wrong");
      assertThat(wrong.body().at("/triesLeft").asInt()).isEqualTo(left);
    }
    assertThat(answer(id, other(code)).text("/outcome")).isEqualTo("failed");
    assertThat(answer(id, code).text("/outcome")).isEqualTo("failed");
    assertThat(onlyEvent(id).getOutcome()).isEqualTo(ChallengeOutcome.CHALLENGE_OUTCOME_FAILED);
  }

  @Test
  void comparesAtMostFiveOfTwentyParallelGuesses() throws Exception {
    String id = challenge();
    contact();
    String code = code(id);
    List<Callable<String>> guesses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      guesses.add(() -> answer(id, other(code)).text("/outcome"));
    }
    List<String> outcomes = atOnce(guesses);
    assertThat(outcomes).hasSize(20).containsOnly("wrong", "failed");
    assertThat(outcomes).filteredOn("wrong"::equals).hasSize(4);
    assertThat(records.number("SELECT tries_used FROM challenge WHERE challenge_id = ?", id))
        .isEqualTo(5);
    onlyEvent(id);
  }

  @Test
  void countsARepeatedRequestAsOneTry() {
    String id = challenge();
    contact();
    String code = code(id);
    String body = "{\"code\":\"" + other(code) + "\"}";
    String path = "/v1/challenges/" + id + "/sms-answers";
    for (int i = 0; i < 3; i++) {
      assertThat(payer().post(path, body, "key-1").body().at("/triesLeft").asInt()).isEqualTo(4);
    }
    Api.Answer differing = payer().post(path, "{\"code\":\"" + code + "\"}", "key-1");
    assertThat(differing.status()).isEqualTo(422);
    assertThat(differing.problem()).isEqualTo("idempotency-key-reused");
    assertThat(differing.text("/metadata/difference")).isEqualTo("code");
    assertThat(
            records.text(
                "SELECT string_agg(request::text, ' ') FROM idempotency WHERE key = 'key-1'"))
        .doesNotContain(code);
  }

  @Test
  void expiresAsSoonAsDueAndTellsOnce() {
    String id = challenge();
    Instant due = Instant.now().plusMillis(300);
    expireAt(id, due);
    Await.until("it expired", () -> state(id).equals("expired"));
    ChallengeEnded event = onlyEvent(id);
    assertThat(event.getOutcome()).isEqualTo(ChallengeOutcome.CHALLENGE_OUTCOME_EXPIRED);
    assertThat(event.getMethod()).isEmpty();
    assertThat(Timestamps.toMillis(event.getEndedAt()) - due.toEpochMilli()).isBetween(0L, 3_000L);
    contact();
    Api.Answer late = payer().post("/v1/challenges/" + id + "/sms", null);
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.problem()).isEqualTo("challenge-ended");
    assertThat(late.text("/metadata/state")).isEqualTo("expired");
  }

  @Test
  void endsOnceWhenAnswerAndExpiryRace() throws Exception {
    contact();
    for (int round = 0; round < 8; round++) {
      String payment = "tap_race" + round;
      String id = challenge(payment);
      String code = code(id);
      expireAt(id, Instant.now().plusMillis(ThreadLocalRandom.current().nextInt(20, 600)));
      List<Callable<String>> answers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        int delay = i * 100;
        answers.add(() -> {
          Thread.sleep(delay);
          return answer(id, code).text("/outcome");
        });
      }
      List<String> outcomes = atOnce(answers);
      Await.until("it ended", () -> !state(id).equals("delivered"));
      assertThat(outcomes).containsOnly(state(id));
      onlyEvent(id);
    }
  }

  @Test
  void sendsAtMostThreeCodesAndNotTooSoon() {
    String id = challenge();
    assertThat(payer().post("/v1/challenges/" + id + "/sms", null).problem())
        .isEqualTo("no-contact");
    assertThat(
            payer()
                .post("/v1/challenges/" + id + "/sms-answers", "{\"code\":\"123456\"}")
                .problem())
        .isEqualTo("no-code");
    contact();
    String first = code(id);
    Api.Answer soon = payer().post("/v1/challenges/" + id + "/sms", null);
    assertThat(soon.status()).isEqualTo(429);
    assertThat(soon.problem()).isEqualTo("sms-too-soon");
    assertThat(soon.body().at("/metadata/retryAfterSeconds").asInt()).isBetween(1, 30);

    String second = resend(id, 2);
    if (!first.equals(second)) {
      assertThat(answer(id, first).text("/outcome")).isEqualTo("wrong");
    }
    resend(id, 3);
    letResendIntervalPass(id);
    Api.Answer beyond = payer().post("/v1/challenges/" + id + "/sms", null);
    assertThat(beyond.problem()).isEqualTo("sms-limit");
    assertThat(centre.submittedTo(number.substring(1))).hasSize(3);
  }

  @Test
  void anExpiredCodeUsesNoTry() {
    String id = challenge();
    contact();
    String code = code(id);
    records.update("UPDATE challenge SET code_expires_at = now() WHERE challenge_id = ?", id);
    Api.Answer late = answer(id, code);
    assertThat(late.text("/outcome")).isEqualTo("code-expired");
    assertThat(late.body().at("/challenge/sms/triesLeft").asInt()).isEqualTo(5);
    assertThat(answer(id, resend(id, 2)).text("/outcome")).isEqualTo("passed");
  }

  @Test
  void aCodeIsWorthlessForAnotherChallenge() {
    contact();
    String one = challenge("tap_one");
    String other = challenge("tap_other");
    String code = code(one);
    payer().post("/v1/challenges/" + other + "/sms", null);
    Await.until("both sent", () -> centre.submittedTo(number.substring(1)).size() == 2);
    // Even with the stored hash of one moved to the other.
    records.update(
        "UPDATE challenge SET code_hash = (SELECT code_hash FROM challenge WHERE challenge_id = ?)"
            + " WHERE challenge_id = ?",
        one,
        other);
    assertThat(answer(other, code).text("/outcome")).isEqualTo("wrong");
    // Nor when the amount is changed under it.
    records.update("UPDATE challenge SET amount_minor = 1 WHERE challenge_id = ?", one);
    assertThat(answer(one, code).text("/outcome")).isEqualTo("wrong");
  }

  @Test
  void aChallengeIsThePayersOwn() {
    String id = challenge();
    Api stranger = Api.payer(platform, "payer-" + UUID.randomUUID());
    assertThat(stranger.get("/v1/challenges/" + id).status()).isEqualTo(404);
    assertThat(stranger.post("/v1/challenges/" + id + "/sms", null).status()).isEqualTo(404);
    assertThat(
            stranger
                .post("/v1/challenges/" + id + "/sms-answers", "{\"code\":\"123456\"}")
                .status())
        .isEqualTo(404);
    assertThat(stranger.post("/v1/challenges/" + id + "/face-options", null).status())
        .isEqualTo(404);
    assertThat(stranger.post("/v1/challenges/" + id + "/face-answers", "{}").status())
        .isEqualTo(404);
    assertThat(Api.merchant(platform, "shop-1").get("/v1/challenges/" + id).status())
        .isEqualTo(403);
    assertThat(Api.with(platform, "none").get("/v1/challenges/" + id).status()).isEqualTo(401);
  }

  @Test
  void isWithdrawnWhenThePaymentNoLongerWaits() {
    String id = challenge();
    clearing.publish(payerId, Clearing.changed(payerId, "tap_1", "reversed", 3).build());
    Await.until("it is withdrawn", () -> state(id).equals("expired"));
    assertThat(onlyEvent(id).getOutcome()).isEqualTo(ChallengeOutcome.CHALLENGE_OUTCOME_EXPIRED);
  }

  private Api payer() {
    return Api.payer(platform, payerId);
  }

  private void contact() {
    DevOidc.User user = DevOidc.User.payer(payerId, "", payerId).withPhoneNumber(number);
    Api.Answer put = Api.with(platform, platform.oidc().tokenFor(user)).put("/v1/contact", null);
    assertThat(put.status()).isEqualTo(200);
  }

  private String challenge() {
    return challenge("tap_1");
  }

  private String challenge(String paymentId) {
    clearing.publish(payerId, Clearing.frozen(payerId, paymentId).build());
    return Await.present("challenge", () -> records.challengeOf(payerId, paymentId));
  }

  /// Asks for a code and reads it from the phone.
  private String code(String id) {
    int before = centre.submittedTo(number.substring(1)).size();
    Api.Answer sent = payer().post("/v1/challenges/" + id + "/sms", null);
    assertThat(sent.status()).isEqualTo(202);
    Await.until("SMS", () -> centre.submittedTo(number.substring(1)).size() > before);
    return centre.lastCode(number.substring(1)).orElseThrow();
  }

  private String resend(String id, int expected) {
    letResendIntervalPass(id);
    String code = code(id);
    assertThat(centre.submittedTo(number.substring(1))).hasSize(expected);
    return code;
  }

  private void letResendIntervalPass(String id) {
    records.update(
        "UPDATE challenge SET sms_sent_at = sms_sent_at - interval '31 s' WHERE challenge_id = ?",
        id);
  }

  private void expireAt(String id, Instant moment) {
    records.update(
        "UPDATE challenge SET expires_at = ?, created_at = ?::timestamptz - interval '30 min'"
            + " WHERE challenge_id = ?",
        moment.atOffset(java.time.ZoneOffset.UTC),
        moment.atOffset(java.time.ZoneOffset.UTC),
        id);
  }

  private Api.Answer answer(String id, String code) {
    return payer().post("/v1/challenges/" + id + "/sms-answers", "{\"code\":\"" + code + "\"}");
  }

  private static String other(String code) {
    return "%06d".formatted((Integer.parseInt(code) + 1) % 1_000_000);
  }

  private String state(String id) {
    return records.text("SELECT state FROM challenge WHERE challenge_id = ?", id);
  }

  private long items() {
    return records.number("SELECT count(*) FROM inbox_item WHERE payer_id = ?", payerId);
  }

  private ChallengeEnded onlyEvent(String id) {
    List<ChallengeEnded> events = records.ended(id);
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static List<String> atOnce(List<Callable<String>> calls) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> running = new ArrayList<>();
      for (Callable<String> call : calls) {
        running.add(
            threads.submit(() -> {
              start.await();
              return call.call();
            }));
      }
      start.countDown();
      List<String> outcomes = new ArrayList<>();
      for (Future<String> one : running) {
        outcomes.add(one.get());
      }
      return outcomes;
    }
  }
}
