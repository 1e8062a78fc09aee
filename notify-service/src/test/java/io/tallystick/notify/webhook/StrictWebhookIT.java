package io.tallystick.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.notify.testing.Api;
import io.tallystick.notify.testing.Await;
import io.tallystick.notify.testing.MerchantServer;
import io.tallystick.notify.testing.NotifyTestResource;
import io.tallystick.notify.testing.Records;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The service as it is deployed: without the property for development.
@QuarkusTest
@TestProfile(StrictWebhookIT.Deployed.class)
@WithTestResource(NotifyTestResource.class)
class StrictWebhookIT {
  public static final class Deployed implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("tallystick.notify.webhook.allow-local", "false");
    }
  }

  @Inject Records records;
  TestPlatform platform;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.1.2.3/",
        "https://192.168.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[fd00::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://user@example.com/",
        "https://example.com/#x",
        "ftp://example.com/",
        "https:///nowhere",
        "nonsense"
      })
  void refusesWhatIsNotAPublicHttpsUrl(String url) {
    Api.Answer refused = merchant().put("/v1/merchants/m-1/webhook", "{\"url\":\"" + url + "\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.problem()).isEqualTo("webhook-url-refused");
    assertThat(merchant().get("/v1/merchants/m-1/webhook").status()).isEqualTo(404);
  }

  @Test
  void refusesAnAddressThatBecamePrivateLater() {
    try (MerchantServer server = MerchantServer.http()) {
      // Registered under a public address.
      assertThat(
              merchant()
                  .put("/v1/merchants/m-1/webhook", "{\"url\":\"https://8.8.8.8/\"}")
                  .status())
          .isEqualTo(200);
      // What its name resolves to now.
      records.update(
          "UPDATE webhook_endpoint SET url = ? WHERE merchant_id = 'm-1'",
          "https://localhost:" + server.port() + "/");
      String id = merchant().post("/v1/merchants/m-1/webhook/tests", null).text("/deliveryId");
      String path = "/v1/merchants/m-1/webhook-deliveries/" + id;
      Await.until("given up", () -> merchant().get(path).text("/state").equals("given-up"));
      assertThat(merchant().get(path).text("/lastError")).contains("not public");
      assertThat(server.received()).isEmpty();
      merchant().delete("/v1/merchants/m-1/webhook");
    }
  }

  private Api merchant() {
    return Api.merchant(platform, "m-1");
  }
}
