package io.tallystick.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WebhookSecretTest {
  private static final byte[] KEY =
      HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

  /// Computed with `printf 'msg_1.1767225600.{"a":1}' | openssl dgst -sha256 -mac HMAC -macopt
  /// hexkey:0001…1f -binary | base64`.
  private static final String SIGNATURE = "v1,ZrlPo/jiT9N2btAG0jXiZPpJi4tRkX0/iJE3AzZUC88=";

  @Test
  void signsIdTimestampAndBody() {
    assertThat(WebhookSecret.of(KEY).sign("msg_1", 1_767_225_600L, "{\"a\":1}"))
        .isEqualTo(SIGNATURE);
  }

  @Test
  void isShownAsStandardWebhooksWritesIt() {
    assertThat(WebhookSecret.of(KEY).reveal())
        .isEqualTo("whsec_" + Base64.getEncoder().encodeToString(KEY));
    assertThat(WebhookSecret.of(KEY).toString()).doesNotContain("AAEC");
    assertThatIllegalArgumentException().isThrownBy(() -> WebhookSecret.of(new byte[16]));
  }

  @Test
  void signsWithTheReplacedSecretUntilItsTimeIsOver() {
    Instant now = Instant.ofEpochSecond(1_767_225_600L);
    WebhookSecret current = WebhookSecret.draw(new SecureRandom());
    Endpoint endpoint =
        new Endpoint(
            "m", "https://x", current, WebhookSecret.of(KEY), now.plusSeconds(1), now, now);
    assertThat(endpoint.signatures("msg_1", now, "{\"a\":1}"))
        .isEqualTo(current.sign("msg_1", now.getEpochSecond(), "{\"a\":1}") + " " + SIGNATURE);
    assertThat(endpoint.signatures("msg_1", now.plusSeconds(1), "x")).doesNotContain(" ");
  }
}
