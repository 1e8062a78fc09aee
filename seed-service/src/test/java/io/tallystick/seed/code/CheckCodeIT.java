package io.tallystick.seed.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.common.v1.InstrumentKind;
import io.tallystick.api.seed.v1.CheckCodeResponse;
import io.tallystick.api.seed.v1.CheckCodeResponse.Match;
import io.tallystick.seed.harness.SeedIT;
import io.tallystick.seed.harness.Wallet;
import io.tallystick.seed.harness.Wallet.Credential;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CheckCodeIT extends SeedIT {
  @Test
  void tellsWhomAGoodCodePaysFor() {
    Wallet wallet = newWalletWithPassword();
    Credential credential = wallet.enrol();
    Instant now = clock.instant();

    Match match = check(credential.code(now, 3)).getMatch();

    assertThat(match.getPayerId()).isEqualTo(wallet.payerId());
    assertThat(match.getDeviceId()).isEqualTo(credential.deviceId());
    assertThat(match.getAccountNumber()).isEqualTo(credential.reply().text("accountNumber"));
    assertThat(match.getMoment().getMinute()).isEqualTo(now.getEpochSecond() / 60);
    assertThat(match.getMoment().getRefresh()).isEqualTo(3);
    assertThat(match.getInstrument().getKind())
        .isEqualTo(InstrumentKind.INSTRUMENT_KIND_OFFLINE_CODE);
    assertThat(match.getInstrument().getId())
        .isEqualTo(
            "code:%s:%d:3".formatted(match.getMoment().getSeedId(), match.getMoment().getMinute()));
    assertThat(match.getDeviceEnrolledAt().getSeconds()).isPositive();
  }

  @Test
  void consumesNothing() {
    Credential credential = newWalletWithPassword().enrol();
    String code = credential.code(clock.instant(), 0);

    assertThat(check(code)).isEqualTo(check(code)).matches(CheckCodeResponse::hasMatch);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void takesTheMinutesEitherSide(int minutes) {
    Credential credential = newWalletWithPassword().enrol();
    clock.advanceIntoMinute(Duration.ofSeconds(20));

    for (int refresh : new int[] {0, 9}) {
      assertThat(
              matches(credential.code(clock.instant().plus(Duration.ofMinutes(minutes)), refresh)))
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-60, -3, -2, 2, 3, 60})
  void takesNoOtherMinute(int minutes) {
    Credential credential = newWalletWithPassword().enrol();
    clock.advanceIntoMinute(Duration.ofSeconds(20));

    assertThat(matches(credential.code(clock.instant().plus(Duration.ofMinutes(minutes)), 0)))
        .isFalse();
  }

  @Test
  void forgetsACodeAsTimePasses() {
    Credential credential = newWalletWithPassword().enrol();
    clock.advanceIntoMinute(Duration.ofSeconds(5));
    String code = credential.code(clock.instant(), 0);
    clock.advance(Duration.ofSeconds(60));
    assertThat(matches(code)).isTrue();
    clock.advance(Duration.ofSeconds(60));
    assertThat(matches(code)).isFalse();
  }

  @Test
  void answersWrongAndUnknownAlike() {
    Credential credential = newWalletWithPassword().enrol();
    String good = credential.code(clock.instant(), 0);
    char last = good.charAt(19);
    String wrong = good.substring(0, 19) + (last == '9' ? '0' : (char) (last + 1));

    CheckCodeResponse ofWrong = check(wrong);

    assertThat(ofWrong.hasNoMatch()).isTrue();
    assertThat(check("36000000000012345678")).isEqualTo(ofWrong);
    assertThat(check("37000000000000000000")).isEqualTo(ofWrong);
    assertThat(check("10" + good.substring(2))).isEqualTo(ofWrong);
  }

  @Test
  void refusesRevokedAndExpired() {
    Wallet wallet = newWalletWithPassword();
    Credential revoked = wallet.enrol();
    wallet.revoke(revoked.deviceId()).ok(200);
    assertThat(matches(revoked.code(clock.instant(), 0))).isFalse();

    Credential expiring = newWalletWithPassword().enrol();
    clock.advance(Duration.ofDays(30).minusMinutes(2));
    assertThat(matches(expiring.code(clock.instant(), 0))).isTrue();
    clock.advance(Duration.ofMinutes(2));
    assertThat(matches(expiring.code(clock.instant(), 0))).isFalse();
  }

  @Test
  void refusesASeedThatWasSwappedIntoAnotherRow() throws SQLException {
    Credential mine = newWalletWithPassword().enrol();
    Credential others = newWalletWithPassword().enrol();
    inside.change(
        "update seed set sealed = (select sealed from seed where device_id = ?)"
            + " where device_id = ?",
        others.deviceId(),
        mine.deviceId());

    assertThatThrownBy(() -> matches(mine.code(clock.instant(), 0)))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL));
    assertThat(matches(others.code(clock.instant(), 0))).isTrue();
  }

  @Test
  void checksManyAtOnceEachForItself() throws Exception {
    List<Callable<Boolean>> calls = new ArrayList<>();
    List<Boolean> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Credential credential = newWalletWithPassword().enrol();
      for (int j = 0; j < 20; j++) {
        boolean good = j % 3 != 0;
        Instant at = good ? clock.instant() : clock.instant().plus(Duration.ofHours(1));
        String code = credential.code(at, j % 10);
        calls.add(() ->
            matches(code) && check(code).getMatch().getDeviceId().equals(credential.deviceId()));
        expected.add(good);
      }
    }

    List<Boolean> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).isEqualTo(expected);
  }

  @Test
  void refusesWhatIsNotTwentyDigits() {
    for (String malformed : List.of("", "3612345678", "3612345678901234567x")) {
      assertThatThrownBy(() -> check(malformed))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              failure -> assertThat(reasonOf(failure)).isEqualTo("CODE_MALFORMED"));
    }
  }
}
