package io.tallystick.seed.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.seed.v1.GetTrustBundleRequest;
import io.tallystick.seed.harness.Reply;
import io.tallystick.seed.harness.SeedIT;
import io.tallystick.seed.harness.Wallet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReadinessIT extends SeedIT {
  @Test
  void isReadyWithAnIssuerKey() {
    Reply ready = rest.get("/q/health/ready", null).ok(200);

    assertThat(check(ready).get("status").asText()).isEqualTo("UP");
    assertThat(rest.get("/q/health/live", null).status()).isEqualTo(200);
  }

  /// As a new platform: the keys are hidden for a moment.
  @Test
  void runsWithoutAnIssuerKeyAndSaysThatItIsNotReady() throws SQLException {
    Wallet wallet = newWalletWithPassword();
    String key = Wallet.newKey();
    Map<String, Object> body = wallet.enrolment(key, wallet.challenge());
    inside.change(
        "update issuer_key set certificate_expires_at = certificate_expires_at - interval '100 years'"
            + " where certificate is not null");
    try {
      Reply ready = rest.get("/q/health/ready", null).ok(503);
      assertThat(check(ready).get("status").asText()).isEqualTo("DOWN");
      assertThat(check(ready).get("data").get("reason").asText())
          .isEqualTo("no issuer key installed");
      assertThat(rest.get("/q/health/live", null).status()).isEqualTo(200);
      assertThat(rest.get("/v1/issuer-keys", null).ok(200).body().get("issuerKeys")).isEmpty();
      wallet.tryEnrol(key, body).problem(503, "NO_ISSUER_KEY");
      assertThatThrownBy(() -> verify.getTrustBundle(GetTrustBundleRequest.getDefaultInstance()))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              failure -> assertThat(reasonOf(failure)).isEqualTo("NO_ISSUER_KEY"));
    } finally {
      inside.change(
          "update issuer_key set certificate_expires_at = certificate_expires_at + interval '100 years'"
              + " where certificate is not null");
    }
    // Nothing of it was used up.
    wallet.tryEnrol(key, body).ok(201);
  }

  private static JsonNode check(Reply health) {
    for (JsonNode check : health.body().get("checks")) {
      if (check.get("name").asText().equals("issuer-key")) {
        return check;
      }
    }
    throw new AssertionError("no such check in " + health);
  }
}
