package io.tallystick.sdk.wallet.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.protocol.code.OfflineCodes;
import io.tallystick.protocol.code.PaymentCode;
import io.tallystick.sdk.wallet.CodeUse;
import io.tallystick.sdk.wallet.Enrolment;
import io.tallystick.sdk.wallet.MemoryWalletStore;
import io.tallystick.sdk.wallet.TestIssuer;
import io.tallystick.sdk.wallet.TestTime;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.Wallet.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PaymentCodesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final TestTime time = new TestTime(NOON);
  private final MemoryWalletStore store = new MemoryWalletStore();
  private final Wallet wallet = Wallet.open(store, time.walletTime());
  private final Enrolment enrolment =
      new TestIssuer().enrol(20_000, 20, NOON.plus(Duration.ofDays(30)));
  private Optional<CodeUse.OnlineShown> online = Optional.empty();
  private final PaymentCodes codes = PaymentCodes.of(wallet, () -> online);

  private void enrol() {
    wallet.update(state -> new Change<>(state.enrolled(enrolment), true));
  }

  @Test
  void hasNoCodeBeforeEnrolment() {
    assertThat(codes.current()).isEqualTo(new CodeView.NotEnrolled());
    codes.paymentResultArrived();
    assertThat(codes.refresh()).isEqualTo(new CodeView.NotEnrolled());
  }

  @Test
  void derivesTheCodeThatTheServerMatches() {
    enrol();
    CodeView.Offline shown = (CodeView.Offline) codes.current();

    assertThat(shown.code().alias()).isEqualTo(enrolment.alias());
    assertThat(OfflineCodes.match(enrolment.seed(), shown.code().password(), NOON))
        .contains(shown.moment());
    assertThat(shown.showUntil()).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void keepsACodeOnTheScreenToTheEndOfItsMinute() {
    enrol();
    CodeView first = codes.current();
    time.pass(Duration.ofSeconds(59));
    assertThat(codes.current()).isEqualTo(first);
    time.pass(Duration.ofSeconds(1));
    assertThat(codes.current()).isNotEqualTo(first);
  }

  @Test
  void movesOnWhenTheUserRefreshesAndWhenAResultArrives() {
    enrol();
    assertThat(moment(codes.current())).isEqualTo(CodeMoment.at(NOON, 0));
    assertThat(moment(codes.refresh())).isEqualTo(CodeMoment.at(NOON, 1));
    codes.paymentResultArrived();
    assertThat(moment(codes.current())).isEqualTo(CodeMoment.at(NOON, 2));
  }

  @Test
  void neverShowsAMomentAgainThatIsOver() {
    enrol();
    Random random = new Random(7);
    Set<CodeMoment> over = new HashSet<>();
    for (int i = 0; i < 3_000; i++) {
      switch (random.nextInt(4)) {
        case 0 -> time.pass(Duration.ofSeconds(random.nextInt(20)));
        case 1 -> time.setDeviceClock(time.instant().plusSeconds(random.nextInt(400) - 200L));
        default -> {
          CodeView shown = reopened().current();
          if (shown instanceof CodeView.Offline offline) {
            assertThat(over).doesNotContain(offline.moment());
            assertThat(offline.moment().minute())
                .isLessThanOrEqualTo(CodeMoment.at(time.instant(), 0).minute());
            reopened().refresh();
            over.add(offline.moment());
          } else {
            assertThat(((CodeView.Exhausted) shown).retryAt()).isAfter(time.instant());
          }
        }
      }
    }
    assertThat(over).hasSizeGreaterThan(100);
  }

  @Test
  void runsOutAfterTenCodesAMinuteAndGoesOnWithTheNext() {
    enrol();
    for (int refresh = 0; refresh < 10; refresh++) {
      assertThat(moment(codes.current())).isEqualTo(CodeMoment.at(NOON, refresh));
      codes.refresh();
    }
    assertThat(codes.current()).isEqualTo(new CodeView.Exhausted(NOON.plusSeconds(60)));
    // Asking on does not use up the minutes to come.
    assertThat(codes.refresh()).isEqualTo(new CodeView.Exhausted(NOON.plusSeconds(60)));
    time.pass(Duration.ofSeconds(60));
    assertThat(moment(codes.current())).isEqualTo(CodeMoment.at(NOON.plusSeconds(60), 0));
  }

  @Test
  void showsNoCodeOfAnExpiredSeed() {
    enrol();
    time.pass(Duration.ofDays(30));
    assertThat(codes.current()).isEqualTo(new CodeView.SeedExpired(enrolment.seedExpiresAt()));
  }

  @Test
  void prefersTheServersCodeAndKeepsItUntilItIsNearlyOver() {
    enrol();
    online = Optional.of(onlineCode("37000000000000000001", NOON.plusSeconds(60)));
    CodeView.Online shown = (CodeView.Online) codes.current();
    assertThat(shown.code().digits()).isEqualTo("37000000000000000001");

    online = Optional.of(onlineCode("37000000000000000002", NOON.plusSeconds(120)));
    time.pass(Duration.ofSeconds(54));
    assertThat(reopened().current()).isEqualTo(shown);
    time.pass(Duration.ofSeconds(1));
    assertThat(((CodeView.Online) codes.current()).code().digits())
        .isEqualTo("37000000000000000002");
  }

  @Test
  void fallsBackToADerivedCodeAndComesBack() {
    enrol();
    assertThat(codes.current()).isInstanceOf(CodeView.Offline.class);
    online = Optional.of(onlineCode("37000000000000000003", NOON.plusSeconds(60)));
    assertThat(codes.current()).isInstanceOf(CodeView.Online.class);
    online = Optional.empty();
    codes.paymentResultArrived();
    // The online code had paid, so the derived one of this minute is still fresh.
    assertThat(moment(codes.current())).isEqualTo(CodeMoment.at(NOON, 0));
  }

  private PaymentCodes reopened() {
    return PaymentCodes.of(Wallet.open(store, time.walletTime()), () -> online);
  }

  private static CodeUse.OnlineShown onlineCode(String digits, Instant expiresAt) {
    return new CodeUse.OnlineShown(new PaymentCode.OnlineCode(digits), expiresAt);
  }

  private static CodeMoment moment(CodeView view) {
    return ((CodeView.Offline) view).moment();
  }
}
