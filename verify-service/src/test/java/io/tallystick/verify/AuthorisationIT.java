package io.tallystick.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.BindableService;
import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.verify.v1.GetTerminalPackRequest;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.sandbox.base.access.GrpcAccess;
import io.tallystick.sandbox.base.access.RestAccess;
import io.tallystick.verify.testing.Statuses;
import io.tallystick.verify.testing.TapUpload;
import io.tallystick.verify.testing.Taps;
import io.tallystick.verify.testing.TestTerminal;
import io.tallystick.verify.testing.VerifyIT;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// `docs/security/authorisation.md` holds for this service.
@QuarkusTest
class AuthorisationIT extends VerifyIT {
  @Inject @Any Instance<BindableService> handlers;
  @Inject BeanManager beans;

  @ConfigProperty(name = "tallystick.grpc.port")
  int grpcPort;

  @ConfigProperty(name = "tallystick.http.port")
  int httpPort;

  @Test
  void everyGrpcMethodIsForWhomTheDocumentSays() {
    assertThat(new GrpcAccess(platform, "verify", grpcPort).faults(handlers)).isEmpty();
  }

  @Test
  void everyRestRouteIsForWhomTheDocumentSays() {
    Map<String, String> bodies =
        Map.of("POST /v1/taps", "{\"halves\":[{\"sequence\":1,\"half\":\"AAAA\"}]}");

    assertThat(new RestAccess(platform, "verify", httpPort).faults(beans, bodies)).isEmpty();
  }

  @Test
  void aTerminalThatIsNotRegisteredGetsNothing() {
    TestTerminal stranger =
        terminals.unregistered(
            terminal.merchantId(), "t9", Sm2PrivateKey.generate(new SecureRandom()));
    String code = wallet.code(clock.instant(), 0);

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> stranger.pay(order, code, 100),
            () -> stranger.query(order),
            () -> stranger.reverse(order),
            () -> stranger.refund(order, "refund", 100),
            () -> stranger.stub().getTerminalPack(GetTerminalPackRequest.getDefaultInstance()))) {
      Statuses refused = Statuses.of(call);
      assertThat(refused.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(refused.reason()).isEqualTo("TERMINAL_NOT_REGISTERED");
    }
    assertThat(TapUpload.open(stranger).done())
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .withMessageContaining("PERMISSION_DENIED: this terminal is not registered");
    assertThat(terminal.pay(order, code, 100).hasPaid()).as("the code was not used up").isTrue();
  }

  @Test
  void aTerminalReachesNothingOfAnotherMerchant() throws Exception {
    TestTerminal other = terminals.register();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    assertThat(terminal.pay(order, wallet.code(clock.instant(), 0), 100).hasPaid()).isTrue();

    assertThat(other.query(order).hasUnknownOrder()).isTrue();
    assertThat(other.refund(order, "refund", 100).getRefused().getReason()).isEqualTo("not_paid");
    assertThat(other.reverse(order).hasReversed()).as("an order of its own, to come").isTrue();
    assertThat(
            TapUpload.of(other, Taps.tap(wallet, terminal, 1, 100, now).terminalHalf())
                .getRefused()
                .getReason())
        .isEqualTo("not_your_terminal");
    assertThat(terminal.query(order).hasPaid()).isTrue();
  }
}
