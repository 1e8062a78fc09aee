package io.tallystick.notify.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.notify.testing.Api;
import io.tallystick.notify.testing.NotifyTestResource;
import io.tallystick.notify.testing.Records;
import io.tallystick.sandbox.base.DevOidc;
import io.tallystick.sandbox.base.KeyFile;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(NotifyTestResource.class)
class ContactIT {
  @Inject Records records;
  TestPlatform platform;
  KeyFile keyFile;

  private final String payerId = "payer-" + UUID.randomUUID();

  @Test
  void takesTheVerifiedNumberOfTheTokenAndShowsItMasked() {
    Api.Answer put = with("+8613812345678").put("/v1/contact", null);
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.text("/phoneNumber")).isEqualTo("+86*******5678");
    assertThat(Api.payer(platform, payerId).get("/v1/contact").text("/phoneNumber"))
        .isEqualTo("+86*******5678");
    assertThat(
            records.text(
                "SELECT encode(phone_sealed, 'escape') FROM payer WHERE payer_id = ?", payerId))
        .doesNotContain("13812345678");
    assertThat(
            records.number(
                "SELECT get_byte(phone_sealed, 0) * 256 + get_byte(phone_sealed, 1) FROM payer"
                    + " WHERE payer_id = ?",
                payerId))
        .as("sealed under the current key version")
        .isEqualTo(keyFile.current());
  }

  @Test
  void takesNoNumberFromAnywhereElse() {
    Api.Answer refused =
        Api.payer(platform, payerId).put("/v1/contact", "{\"phoneNumber\":\"+8613812345678\"}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("phone-number-unverified");
    DevOidc.User user = DevOidc.User.payer(payerId, "", payerId).withPhoneNumber("+8613812345678");
    String unverified = platform.oidc().tokenWithUnverifiedNumber(user);
    assertThat(Api.with(platform, unverified).put("/v1/contact", null).problem())
        .isEqualTo("phone-number-unverified");
    assertThat(Api.payer(platform, payerId).get("/v1/contact").status()).isEqualTo(404);
  }

  @Test
  void refusesANumberThatIsNone() {
    Api.Answer refused = with("13812345678").put("/v1/contact", null);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.problem()).isEqualTo("phone-number-malformed");
    assertThat(refused.text("/detail")).doesNotContain("13812345678");
  }

  private Api with(String number) {
    DevOidc.User user = DevOidc.User.payer(payerId, "", payerId).withPhoneNumber(number);
    return Api.with(platform, platform.oidc().tokenFor(user));
  }
}
