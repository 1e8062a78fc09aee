package io.tallystick.sdk.wallet.client;

import com.google.gson.JsonObject;
import io.tallystick.protocol.code.PaymentCode;
import io.tallystick.sdk.wallet.CodeUse;
import io.tallystick.sdk.wallet.Enrolment;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.code.OnlineCodeSource;
import io.tallystick.sdk.wallet.http.IdempotencyKey;
import io.tallystick.sdk.wallet.http.ProblemException;
import io.tallystick.sdk.wallet.http.RestClient;
import io.tallystick.sdk.wallet.http.UnreachableException;
import java.time.Instant;
import java.util.Optional;

/** Asks seed-service for online codes: once, because the payer is waiting and has a fallback. */
final class OnlineCodeRequests implements OnlineCodeSource {
  private final Wallet wallet;
  private final RestClient seedService;

  OnlineCodeRequests(Wallet wallet, RestClient seedService) {
    this.wallet = wallet;
    this.seedService = seedService;
  }

  /**
   * Empty without a connection, and when the platform gives none just now (too many asked for, not
   * logged in, signed with a clock too far off): a derived code is as good.
   */
  @Override
  public Optional<CodeUse.OnlineShown> request() {
    Enrolment enrolment = wallet.state().enrolment();
    if (enrolment == null) {
      return Optional.empty();
    }
    IdempotencyKey key = IdempotencyKey.random();
    try {
      Members answer = Members.of(seedService.post("/v1/online-codes", body(enrolment, key), key));
      ServerTime.note(wallet, answer);
      return Optional.of(
          new CodeUse.OnlineShown(
              new PaymentCode.OnlineCode(answer.text("code")), answer.instant("expiresAt")));
    } catch (UnreachableException | ProblemException none) {
      return Optional.empty();
    }
  }

  private JsonObject body(Enrolment enrolment, IdempotencyKey key) {
    Instant signedAt = wallet.now();
    JsonObject body = new JsonObject();
    body.addProperty("deviceId", enrolment.deviceId().toString());
    body.addProperty("signedAt", signedAt.getEpochSecond());
    body.addProperty(
        "signature",
        SignedRequests.request(
            SignedRequests.ONLINE_CODE,
            enrolment.deviceKey(),
            enrolment.payerId(),
            enrolment.deviceId(),
            key,
            signedAt));
    return body;
  }
}
