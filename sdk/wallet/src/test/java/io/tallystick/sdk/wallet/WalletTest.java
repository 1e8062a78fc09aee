package io.tallystick.sdk.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.sdk.wallet.Wallet.Change;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WalletTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final MemoryWalletStore store = new MemoryWalletStore();
  private final TestTime time = new TestTime(NOON);
  private final Wallet wallet = Wallet.open(store, time.walletTime());

  @Test
  void believesNoChangeThatWasNotKept() {
    store.failing(true);
    assertThatThrownBy(
            () -> wallet.update(state -> new Change<>(state.withInboxSeen(7), "never told")))
        .isInstanceOf(WalletStoreException.class);

    store.failing(false);
    wallet.update(state -> {
      assertThat(state.inboxSeen()).isZero();
      return new Change<>(state, true);
    });
  }

  @Test
  void writesNothingWhenNothingChanges() {
    wallet.update(state -> new Change<>(state, true));
    assertThat(store.saves()).isZero();
  }

  @Test
  void reckonsTimeFromTheServersWhateverTheDeviceClockSays() {
    wallet.update(
        state -> new Change<>(state.withServerTimeSeen(time.walletTime().saw(NOON)), true));
    time.pass(Duration.ofSeconds(90));
    time.setDeviceClock(NOON.minus(Duration.ofDays(3)));

    assertThat(wallet.now()).isEqualTo(NOON.plusSeconds(90));
  }

  @Test
  void fallsBackToTheDeviceClockAfterARestart() {
    wallet.update(
        state -> new Change<>(state.withServerTimeSeen(time.walletTime().saw(NOON)), true));
    time.restart();
    time.setDeviceClock(NOON.plusSeconds(500));

    assertThat(wallet.now()).isEqualTo(NOON.plusSeconds(500));
  }

  @Test
  void hostsMonotonicClockNeverGoesBack() {
    HostMonotonicClock clock = HostMonotonicClock.create();
    MonotonicClock.Reading first = clock.read();
    MonotonicClock.Reading second = clock.read();

    assertThat(second.run()).isEqualTo(first.run());
    assertThat(second.millis()).isGreaterThanOrEqualTo(first.millis());
  }

  @Test
  void showsNoSecretsOfItsState() {
    Enrolment enrolment = new TestIssuer().enrol(1_000, 5, NOON.plusSeconds(60));
    WalletState state = WalletState.EMPTY.enrolled(enrolment);

    assertThat(state.toString()).isEqualTo("WalletState[enrolled true, 0 taps, 0 waiting]");
    assertThat(enrolment.toString())
        .doesNotContain(java.util.HexFormat.of().formatHex(enrolment.seed().toBytes()))
        .doesNotContain(java.util.HexFormat.of().formatHex(enrolment.deviceKey().toBytes()));
  }
}
