package io.tallystick.seed.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.sandbox.base.DevOidc.User;
import io.tallystick.seed.harness.Reply;
import io.tallystick.seed.harness.SeedIT;
import io.tallystick.seed.harness.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProblemsIT extends SeedIT {
  private static final List<List<String>> FOR_PAYERS =
      List.of(
          List.of("GET", "/v1/payment-password"),
          List.of("PUT", "/v1/payment-password"),
          List.of("POST", "/v1/devices/challenges"),
          List.of("POST", "/v1/devices"),
          List.of("GET", "/v1/devices"),
          List.of("DELETE", "/v1/devices/5f0c9b7a1e2d3c4b"),
          List.of("POST", "/v1/devices/5f0c9b7a1e2d3c4b/renewals"),
          List.of("POST", "/v1/online-codes"),
          List.of("GET", "/v1/deny-list"));

  @Test
  void everyCallOfAPayerNeedsAToken() {
    User user = User.payer("someone", "", "someone");
    String expired = platform.oidc().token(user, Duration.ofMinutes(-5));
    for (List<String> call : FOR_PAYERS) {
      for (String token : new String[] {null, "nonsense", expired}) {
        Object body = call.getFirst().equals("GET") ? null : Map.of();
        rest.send(call.get(0), call.get(1), token, Wallet.newKey(), body).problem(401, "NO_TOKEN");
      }
    }
  }

  @Test
  void merchantsAndOperatorsAreNoPayers() {
    for (String token :
        List.of(
            platform.oidc().merchantToken("m1"), platform.oidc().roleToken("olga", "operator"))) {
      rest.get("/v1/devices", token).problem(403, "NOT_A_PAYER");
      rest.get("/v1/payment-password", token).problem(403, "NOT_A_PAYER");
    }
  }

  @Test
  void malformedBodiesAreNamedWithoutBeingRepeated() {
    Wallet wallet = newWallet();
    String key = Wallet.newKey();
    Map<String, Object> body = wallet.enrolment(key, new byte[32]);
    for (String field :
        List.of("name", "devicePublicKey", "challenge", "proofOfPossession", "paymentPassword")) {
      Map<String, Object> without = new LinkedHashMap<>(body);
      without.remove(field);
      Reply refused = wallet.tryEnrol(key, without).problem(400, "VALIDATION_FAILED");
      assertThat(refused.toString()).contains(field);
    }
    body.put("devicePublicKey", "AAAA");
    wallet.tryEnrol(key, body).problem(400, "FIELD_MALFORMED");
    Reply refused =
        wallet
            .put("/v1/payment-password", key, "{\"newPassword\": \"7391\"64}")
            .problem(400, "JSON_MALFORMED");
    assertThat(refused.toString()).doesNotContain("7391");
    wallet.put("/v1/payment-password", key, "").problem(400, "VALIDATION_FAILED");
  }

  @Test
  void anyoneMayReadTheTimeAndThePublicKeys() {
    Instant time = Instant.parse(rest.get("/v1/time", null).ok(200).text("serverTime"));
    assertThat(Duration.between(time, clock.instant())).isLessThan(Duration.ofMinutes(1));
    assertThat(rest.get("/v1/issuer-keys", null).ok(200).bytes("rootPublicKey"))
        .isEqualTo(surroundings.root().publicKey().compressed());
  }

  @Test
  void thereIsADocumentOfItAll() {
    JsonNode paths = rest.get("/q/openapi?format=json", null).ok(200).body().get("paths");

    for (List<String> call : FOR_PAYERS) {
      String path = call.get(1).replace("5f0c9b7a1e2d3c4b", "{deviceId}");
      assertThat(paths.get(path)).as(path).isNotNull();
      assertThat(paths.get(path).get(call.getFirst().toLowerCase(Locale.ROOT)))
          .as("%s", call)
          .isNotNull();
    }
    assertThat(rest.get("/q/swagger-ui/", null).status()).isEqualTo(200);
  }
}
