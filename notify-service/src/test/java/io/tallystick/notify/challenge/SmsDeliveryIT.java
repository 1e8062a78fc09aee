package io.tallystick.notify.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.notify.testing.Api;
import io.tallystick.notify.testing.Await;
import io.tallystick.notify.testing.Clearing;
import io.tallystick.notify.testing.NotifyTestResource;
import io.tallystick.notify.testing.Records;
import io.tallystick.notify.testing.SmsCentre;
import io.tallystick.sandbox.base.DevOidc;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jsmpp.SMPPConstant;
import org.jsmpp.util.DeliveryReceiptState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(NotifyTestResource.class)
class SmsDeliveryIT {
  @Inject Clearing clearing;
  @Inject Records records;
  TestPlatform platform;
  SmsCentre centre;

  private final String payerId = "payer-" + UUID.randomUUID();
  private final String digits =
      "86" + ThreadLocalRandom.current().nextLong(10_000_000_000L, 99_999_999_999L);
  private String challengeId = "";

  @BeforeEach
  void aChallengeAndAContact() {
    clearing.publish(payerId, Clearing.frozen(payerId, "tap_1").build());
    challengeId = Await.present("challenge", () -> records.challengeOf(payerId, "tap_1"));
    DevOidc.User user = DevOidc.User.payer(payerId, "", payerId).withPhoneNumber("+" + digits);
    Api.with(platform, platform.oidc().tokenFor(user)).put("/v1/contact", null);
  }

  @AfterEach
  void theCentreIsItselfAgain() {
    centre.refuseNext(0, 0);
    centre.decideFate(DeliveryReceiptState.DELIVRD);
  }

  @Test
  void namesAmountAndMerchantAndIsRecordedAsDelivered() {
    send();
    Await.until("receipt", () -> delivery().equals("delivered"));
    SmsCentre.Submitted message = centre.submittedTo(digits).getFirst();
    assertThat(message.dataCoding()).isZero();
    assertThat(message.text())
        .contains("42.00 CNY", "shop-1", centre.lastCode(digits).orElseThrow());
    // Valid for five minutes, less the moment it took to send it.
    assertThat(message.validity()).matches("0000000004(5[0-9])000R|000000000500000R");
    assertThat(challengeState()).isEqualTo("delivered");
  }

  @Test
  void keepsNeitherNumberNorTextNorCodeInTheClear() {
    send();
    Await.until("receipt", () -> delivery().equals("delivered"));
    String code = centre.lastCode(digits).orElseThrow();
    String rows =
        records.text(
            """
            SELECT (SELECT string_agg(p::text, ' ') FROM payer p WHERE payer_id = ?)
              || (SELECT string_agg(s::text, ' ') FROM sms s WHERE payer_id = ?)
              || (SELECT string_agg(c::text, ' ') FROM challenge c WHERE payer_id = ?)
            """,
            payerId,
            payerId,
            payerId);
    assertThat(rows).contains(challengeId).doesNotContain(digits, " " + code, "," + code + ",");
    assertThat(
            records.number(
                "SELECT count(*) FROM sms WHERE payer_id = ? AND text_sealed IS NOT NULL", payerId))
        .isZero();
  }

  @Test
  void deliversOnceTheCentreIsBack() {
    centre.stop();
    try {
      Await.until("loss is noticed", () -> !bound());
      assertThat(Api.payer(platform, payerId).get("/q/health/ready").status()).isEqualTo(200);
      send();
      assertThat(delivery()).isEqualTo("queued");
      assertThat(challengeState()).isEqualTo("created");
    } finally {
      centre.start();
    }
    Await.until("receipt", () -> delivery().equals("delivered"));
    assertThat(centre.submittedTo(digits)).hasSize(1);
  }

  @Test
  void triesAgainWhileTheCentreIsBusy() {
    centre.refuseNext(2, SMPPConstant.STAT_ESME_RTHROTTLED);
    send();
    Await.until("receipt", () -> delivery().equals("delivered"));
    assertThat(records.number("SELECT attempts FROM sms WHERE payer_id = ?", payerId)).isEqualTo(3);
  }

  @Test
  void givesUpWhatTheCentreWillNeverTake() {
    centre.refuseNext(1, SMPPConstant.STAT_ESME_RINVDSTADR);
    send();
    Await.until("failure", () -> delivery().equals("failed"));
    assertThat(centre.submittedTo(digits)).isEmpty();
    assertThat(records.text("SELECT last_error FROM sms WHERE payer_id = ?", payerId))
        .isEqualTo("command status 0x0000000b");
  }

  @Test
  void recordsThatThePhoneWasNotReached() {
    centre.decideFate(DeliveryReceiptState.UNDELIV);
    send();
    Await.until("receipt", () -> delivery().equals("failed"));
    assertThat(records.text("SELECT last_error FROM sms WHERE payer_id = ?", payerId))
        .contains("UNDELIV");
  }

  @Test
  void sendsNothingForAChallengeThatHasEnded() {
    centre.stop();
    try {
      Await.until("loss is noticed", () -> !bound());
      send();
      clearing.publish(payerId, Clearing.changed(payerId, "tap_1", "reversed", 3).build());
      Await.until("withdrawn", () -> challengeState().equals("expired"));
      assertThat(
              records.number(
                  "SELECT count(*) FROM sms WHERE payer_id = ? AND state = 'queued'", payerId))
          .isZero();
    } finally {
      centre.start();
    }
    Await.until("bound", this::bound);
    assertThat(centre.submittedTo(digits)).isEmpty();
  }

  private void send() {
    Api.Answer sent =
        Api.payer(platform, payerId).post("/v1/challenges/" + challengeId + "/sms", null);
    assertThat(sent.status()).isEqualTo(202);
  }

  private String delivery() {
    return Api.payer(platform, payerId).get("/v1/challenges/" + challengeId).text("/sms/delivery");
  }

  private String challengeState() {
    return records.text("SELECT state FROM challenge WHERE challenge_id = ?", challengeId);
  }

  private boolean bound() {
    return Api.payer(platform, payerId)
        .get("/q/health/ready")
        .body()
        .at("/checks")
        .valueStream()
        .filter(check -> check.path("name").asText().equals("sms-centre"))
        .anyMatch(check -> check.at("/data/bound").asBoolean());
  }
}
