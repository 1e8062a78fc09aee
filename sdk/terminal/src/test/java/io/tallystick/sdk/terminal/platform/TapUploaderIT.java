package io.tallystick.sdk.terminal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.api.verify.v1.HalfAccepted;
import io.tallystick.api.verify.v1.HalfConflict;
import io.tallystick.api.verify.v1.HalfRefused;
import io.tallystick.api.verify.v1.SubmitTapsRequest;
import io.tallystick.api.verify.v1.SubmitTapsResponse;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.sdk.terminal.Terminal;
import io.tallystick.sdk.terminal.TestPlatform;
import io.tallystick.sdk.terminal.UnreachableException;
import io.tallystick.sdk.terminal.journal.TerminalJournal;
import io.tallystick.sdk.terminal.tap.TestWallet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapUploaderIT {
  @TempDir Path folder;

  private PlayedVerifyService platform;
  private VerifyConnection connection;
  private Terminal terminal;

  @BeforeEach
  void connect() throws IOException {
    platform = new PlayedVerifyService(folder.resolve("ca"));
    connection = platform.connect();
    TestPlatform issuer = new TestPlatform();
    terminal =
        Terminal.open(
            issuer.identity(),
            TerminalJournal.open(folder.resolve("till.journal")),
            Clock.systemUTC());
    terminal.install(issuer.pack(1, Clock.systemUTC().instant()).encode());
    for (int i = 0; i < 100; i++) {
      TestWallet wallet = new TestWallet(issuer, Clock.systemUTC());
      terminal.take(wallet.channel(), Money.of(100 + i, "CNY"));
    }
    assertThat(terminal.journal().waiting()).hasSize(100);
  }

  @AfterEach
  void disconnect() {
    connection.close();
    platform.close();
    terminal.close();
  }

  @Test
  void uploadsEveryHalfAndForgetsItWhenItIsAnswered() {
    List<TapHalf> halves = terminal.journal().waiting();
    platform.answeringHalves(TapUploaderIT::accepted);
    assertThat(terminal.uploader(connection).upload()).hasSize(100);

    assertThat(terminal.journal().waiting()).isEmpty();
    assertThat(platform.submitted().stream().map(r -> TapHalf.parse(r.getHalf().toByteArray())))
        .containsExactlyElementsOf(halves);
    assertThat(terminal.uploader(connection).upload()).isEmpty();
    assertThat(platform.streams()).isEqualTo(1);
  }

  @Test
  void reportsConflictsAndRefusals() {
    platform.answeringHalves(request ->
        switch ((int) (request.getSequence() % 3)) {
          case 0 -> accepted(request);
          case 1 ->
              answer(request).setConflict(HalfConflict.newBuilder().setEvidenceId("e-1")).build();
          default ->
              answer(request)
                  .setRefused(
                      HalfRefused.newBuilder()
                          .setReason("too_late")
                          .setExplanation("It is too late."))
                  .build();
        });
    List<TapUploader.Result> results = terminal.uploader(connection).upload();

    assertThat(results).hasSize(100);
    assertThat(results.stream().filter(TapUploader.Result.Conflict.class::isInstance).count())
        .isEqualTo(34);
    assertThat(results.stream().filter(TapUploader.Result.Refused.class::isInstance).count())
        .isEqualTo(33);
    assertThat(terminal.journal().waiting()).isEmpty();
  }

  @Test
  void keepsWhatWasNotAnsweredWhenTheStreamBreaksAndSendsItAgain() {
    platform.answeringHalves(TapUploaderIT::accepted);
    platform.breakingAfter(30);
    assertThatThrownBy(() -> terminal.uploader(connection).upload())
        .isInstanceOf(UnreachableException.class);
    int left = terminal.journal().waiting().size();
    assertThat(left).isGreaterThanOrEqualTo(70).isLessThan(100);

    assertThat(terminal.uploader(connection).upload()).hasSize(left);
    assertThat(terminal.journal().waiting()).isEmpty();
  }

  @Test
  void keepsOnlySoManyUnanswered() {
    platform.answeringHalves(request -> request.getSequence() == 64 ? acceptedAll() : null);
    Thread uploading =
        new Thread(() ->
            assertThatThrownBy(() -> terminal.uploader(connection).upload())
                .isInstanceOf(UnreachableException.class));
    uploading.start();
    waitUntil(() -> platform.submitted().size() >= 65);
    connection.close();
    join(uploading);
    assertThat(platform.submitted().size()).isLessThanOrEqualTo(66);
    assertThat(terminal.journal().waiting()).hasSize(99);
  }

  /** Answers the first half only, so that one more may be sent. */
  private static SubmitTapsResponse acceptedAll() {
    return accepted(SubmitTapsRequest.newBuilder().setSequence(1).build());
  }

  private static SubmitTapsResponse accepted(SubmitTapsRequest request) {
    return answer(request).setAccepted(HalfAccepted.newBuilder().setPaymentId("tap_x")).build();
  }

  private static SubmitTapsResponse.Builder answer(SubmitTapsRequest request) {
    return SubmitTapsResponse.newBuilder().setSequence(request.getSequence());
  }

  private static void waitUntil(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(20_000);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    assertThat(thread.isAlive()).isFalse();
  }
}
