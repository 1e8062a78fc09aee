package io.tallystick.seed.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.common.v1.InstrumentKind;
import io.tallystick.api.seed.v1.CheckCodeResponse.Match;
import io.tallystick.seed.harness.Reply;
import io.tallystick.seed.harness.SeedIT;
import io.tallystick.seed.harness.Wallet;
import io.tallystick.seed.harness.Wallet.Credential;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OnlineCodeIT extends SeedIT {
  @Test
  void isGoodForSixtySeconds() {
    Wallet wallet = newWalletWithPassword();
    Credential device = wallet.enrol();

    String code = ask(wallet, device).ok(201).text("code");

    assertThat(code).matches("37[0-9]{18}");
    Match match = check(code).getMatch();
    assertThat(match.getPayerId()).isEqualTo(wallet.payerId());
    assertThat(match.getDeviceId()).isEqualTo(device.deviceId());
    assertThat(match.hasMoment()).isFalse();
    assertThat(match.getInstrument().getKind())
        .isEqualTo(InstrumentKind.INSTRUMENT_KIND_ONLINE_CODE);
    assertThat(match.getInstrument().getId()).matches("online:[0-9a-f-]{36}");
    clock.advance(Duration.ofSeconds(50));
    assertThat(matches(code)).isTrue();
    clock.advance(Duration.ofSeconds(11));
    assertThat(matches(code)).isFalse();
  }

  @Test
  void diesWithTheDevice() {
    Wallet wallet = newWalletWithPassword();
    Credential device = wallet.enrol();
    String code = ask(wallet, device).ok(201).text("code");
    wallet.revoke(device.deviceId()).ok(200);

    assertThat(matches(code)).isFalse();
    ask(wallet, device).problem(409, "DEVICE_REVOKED");
  }

  @Test
  void isTheSameUnderTheSameKey() {
    Wallet wallet = newWalletWithPassword();
    Credential device = wallet.enrol();
    String key = Wallet.newKey();
    Map<String, Object> body = wallet.onlineCode(key, device.deviceId(), clock.instant());
    Reply first = wallet.tryOnlineCode(key, body).ok(201);

    Reply again = wallet.tryOnlineCode(key, body).ok(201);

    assertThat(again.text("code")).isEqualTo(first.text("code"));
    assertThat(again.text("expiresAt")).isEqualTo(first.text("expiresAt"));
    assertThat(again.replayed()).isTrue();
    assertThat(ask(wallet, device).ok(201).text("code")).isNotEqualTo(first.text("code"));
  }

  @Test
  void isMadeForTheDevicesOwnKeyOnly() {
    Wallet wallet = newWalletWithPassword();
    Credential device = wallet.enrol();
    String key = Wallet.newKey();
    Map<String, Object> body = wallet.onlineCode(key, device.deviceId(), clock.instant());
    wallet.tryOnlineCode(Wallet.newKey(), body).problem(403, "PROOF_REFUSED");
    for (long off : List.of(-301L, 301L)) {
      wallet
          .tryOnlineCode(
              key, wallet.onlineCode(key, device.deviceId(), clock.instant().plusSeconds(off)))
          .problem(403, "PROOF_REFUSED");
    }
    wallet.makeNewDeviceKey();
    ask(wallet, device).problem(403, "PROOF_REFUSED");
    ask(newWalletWithPassword(), device).problem(404, "UNKNOWN_DEVICE");
  }

  @Test
  void isLimitedPerMinute() {
    Wallet wallet = newWalletWithPassword();
    Credential device = wallet.enrol();
    for (int i = 0; i < 30; i++) {
      ask(wallet, device).ok(201);
    }

    Reply refused = ask(wallet, device).problem(429, "TOO_MANY_REQUESTS");

    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    clock.advance(Duration.ofSeconds(61));
    ask(wallet, device).ok(201);
  }

  private Reply ask(Wallet wallet, Credential device) {
    String key = Wallet.newKey();
    return wallet.tryOnlineCode(key, wallet.onlineCode(key, device.deviceId(), clock.instant()));
  }
}
