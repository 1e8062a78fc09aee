package io.tallystick.verify.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.verify.v1.GetTerminalPackRequest;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.pack.PackContent;
import io.tallystick.protocol.pack.PackStatus;
import io.tallystick.protocol.pack.TerminalPack;
import io.tallystick.verify.testing.Eventually;
import io.tallystick.verify.testing.Statuses;
import io.tallystick.verify.testing.TestTerminal;
import io.tallystick.verify.testing.VerifyIT;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TerminalPackIT extends VerifyIT {
  @Test
  void givesAPackThatTheTerminalsOwnChecksAccept() {
    TerminalPack pack = pack(terminal);

    Instant now = clock.instant();
    assertThat(pack.verify(seed.issuer().root(), Optional.empty(), now)).isEqualTo(PackStatus.GOOD);
    PackContent content = pack.content();
    assertThat(content.issuers()).containsExactly(seed.issuer().certificate());
    assertThat(content.policy().atRiskLimitMinor()).isEqualTo(10_000);
    assertThat(content.policy().limitsFor("CNY")).isPresent();
    assertThat(content.policy().limitsFor("USD")).isEmpty();
    assertThat(Duration.between(content.serverTime(), now).abs())
        .isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void listsADeviceThatWasRevokedInALaterPack() throws Exception {
    PackContent before = pack(terminal).content();
    assertThat(before.denyList().contains(wallet.deviceId())).isFalse();

    seed.revoke(wallet, clock.instant());
    PackContent after =
        Eventually.get(
            () -> pack(terminal).content(), pack -> pack.denyList().contains(wallet.deviceId()));

    assertThat(after.denyList().contains(wallet.deviceId())).isTrue();
    assertThat(after.version()).isGreaterThan(before.version());
    assertThat(pack(terminal).verify(seed.issuer().root(), Optional.of(before), clock.instant()))
        .isEqualTo(PackStatus.GOOD);
  }

  @Test
  void givesNoPackToAStranger() {
    TestTerminal stranger =
        terminals.unregistered(
            terminal.merchantId(), "t9", Sm2PrivateKey.generate(new SecureRandom()));

    assertThat(Statuses.of(() -> pack(stranger)).code()).isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  private static TerminalPack pack(TestTerminal terminal) {
    return TerminalPack.parse(
        terminal
            .stub()
            .getTerminalPack(GetTerminalPackRequest.getDefaultInstance())
            .getPack()
            .toByteArray());
  }
}
