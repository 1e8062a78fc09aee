package io.tallystick.kit.transit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransitSettingsTest {
  private static final Optional<Path> TOKEN = Optional.of(Path.of("/run/vault/token"));

  @Test
  void asksUnderTheMountAndTheKeysName() {
    TransitSettings settings = of("https://vault.example:8200", "team/transit", "seed.v1", TOKEN);
    assertThat(settings.endpoint("decrypt"))
        .hasToString("https://vault.example:8200/v1/team/transit/decrypt/seed.v1");
    assertThat(settings.path("decrypt")).isEqualTo("team/transit/decrypt/seed.v1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:8200", "http://127.0.0.1:8100/", "http://[::1]:8200"})
  void takesAnAgentOnThisHostWithoutTlsAndToken(String address) {
    assertThat(of(address, "transit", "seed", Optional.empty()).tokenFile()).isEmpty();
  }

  /// The token would go over the network for everybody to read.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://vault:8200",
        "http://127.0.0.1.example.com:8200",
        "http://localhost.example.com",
        "http://10.0.0.1:8200",
        "http://[::2]:8200"
      })
  void refusesAnotherHostWithoutTls(String address) {
    assertThatThrownBy(() -> of(address, "transit", "seed", TOKEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not https");
  }

  @Test
  void needsATokenForAnotherHost() {
    assertThatThrownBy(() -> of("https://vault:8200", "transit", "seed", Optional.empty()))
        .hasMessageContaining("token-file is needed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vault:8200",
        "ftp://vault",
        "https://hunter2@vault",
        "https://vault/hunter2",
        "https://vault?hunter2",
        "https://vault#hunter2",
        "https:///hunter2",
        "https://hunter2 vault",
        "https:hunter2"
      })
  void refusesWhatIsNotAnAddressWithoutSayingIt(String address) {
    assertThatThrownBy(() -> of(address, "transit", "seed", TOKEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("address is not https://host:port")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "../sys, seed, mount", "transit/, seed, mount", "/transit, seed, mount", "a//b, seed, mount",
    "a?b, seed, mount", "transit, a/b, key", "transit, .., key", "transit, a%2Fb, key",
    "transit, -a, key"
  })
  void refusesNamesThatLeadElsewhere(String mount, String key, String says) {
    assertThatThrownBy(() -> of("https://vault", mount, key, TOKEN))
        .hasMessageContaining(says + " is not one of Vault's");
  }

  @Test
  void refusesANamespaceThatIsNoneAndALimitOfNoTime() {
    assertThatThrownBy(() ->
            new TransitSettings(
                TransitSettings.address("https://vault"),
                "transit",
                "seed",
                TOKEN,
                Optional.empty(),
                Optional.of("team\r\nX-Vault-Token: x"),
                Duration.ofSeconds(1)))
        .hasMessageContaining("namespace");
    assertThatThrownBy(() ->
            new TransitSettings(
                TransitSettings.address("https://vault"),
                "transit",
                "seed",
                TOKEN,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO))
        .hasMessageContaining("timeout is not positive");
  }

  private static TransitSettings of(
      String address, String mount, String key, Optional<Path> tokenFile) {
    return new TransitSettings(
        TransitSettings.address(address),
        mount,
        key,
        tokenFile,
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(5));
  }
}
