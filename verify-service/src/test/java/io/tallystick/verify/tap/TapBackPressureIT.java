package io.tallystick.verify.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.verify.v1.SubmitTapsResponse;
import io.tallystick.verify.testing.Eventually;
import io.tallystick.verify.testing.TapUpload;
import io.tallystick.verify.testing.Taps;
import io.tallystick.verify.testing.VerifyIT;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A database that stands still must stop the caller, not fill memory.
@QuarkusTest
class TapBackPressureIT extends VerifyIT {
  private static final int HALVES = 2_000;

  @Test
  void takesNoMoreHalvesThanItsWindowWhileTheDatabaseStandsStill() throws Exception {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    byte[] half = Taps.tap(wallet, terminal, 1, 100, now).terminalHalf();
    var login = platform.stores().administrator();
    TapUpload upload;
    try (Connection blocker =
            DriverManager.getConnection(
                platform.stores().jdbcUrl(), login.username(), login.password());
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE verify.tap_token IN ACCESS EXCLUSIVE MODE");

      upload = TapUpload.open(terminal);
      int sent = 0;
      while (sent < HALVES) {
        upload.send(sent++, half);
      }
      // The transport's own buffers fill too: then the caller is told to wait.
      assertThat(Eventually.get(upload::isReady, ready -> !ready)).isFalse();
      assertThat(upload.answers()).isEmpty();
      assertThat(upload.done()).isNotDone();
      blocker.rollback();
    }

    Map<Long, SubmitTapsResponse> answers = upload.finish();

    assertThat(answers).hasSize(HALVES);
    assertThat(answers.values()).allMatch(SubmitTapsResponse::hasAccepted);
    assertThat(answers.values().stream().filter(answer -> !answer.getAccepted().getDuplicate()))
        .hasSize(1);
    assertThat(outbox.received(wallet.payerId())).hasSize(1);
  }
}
