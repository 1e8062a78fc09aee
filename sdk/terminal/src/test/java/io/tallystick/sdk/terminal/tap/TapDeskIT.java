package io.tallystick.sdk.terminal.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.crypto.Digest;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.log.TapLog;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.pack.PackStatus;
import io.tallystick.protocol.tap.Receipt;
import io.tallystick.protocol.tap.ReceiptStatus;
import io.tallystick.protocol.tap.TapCard;
import io.tallystick.protocol.tap.TapCover;
import io.tallystick.protocol.tap.TapFailure;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.tap.TapRefusal;
import io.tallystick.protocol.tap.TapStatus;
import io.tallystick.protocol.tap.TerminalDecision;
import io.tallystick.sdk.terminal.Terminal;
import io.tallystick.sdk.terminal.TerminalIdentity;
import io.tallystick.sdk.terminal.TestPlatform;
import io.tallystick.sdk.terminal.journal.JournalException;
import io.tallystick.sdk.terminal.journal.TerminalJournal;
import io.tallystick.sdk.terminal.tap.TapOutcome.Unreadiness;
import io.tallystick.sdk.wallet.KeptTap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both SDKs as they are, speaking APDUs. */
class TapDeskIT {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;

  private final TestPlatform platform = new TestPlatform();
  private final TerminalIdentity identity = platform.identity();
  private final SetClock clock = new SetClock();
  private final TestWallet wallet = new TestWallet(platform, clock);
  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = reopened();
  }

  @AfterEach
  void close() {
    terminal.close();
  }

  @Test
  void takesATapAndBothSidesKeepTheirHalf() {
    install();
    TapOutcome.Accepted accepted = accepted(tap(1_250));

    assertThat(accepted.cover()).isEqualTo(TapCover.GUARANTEED);
    assertThat(accepted.receiptDelivered()).isTrue();
    Receipt receipt = accepted.half().receipt().orElseThrow();
    assertThat(receipt.statement().decision()).isEqualTo(TerminalDecision.ACCEPTED);
    assertThat(receipt.statement().denyListVersion()).isEqualTo(1);
    assertThat(
            receipt.verify(accepted.half().token(), Optional.of(identity.receiptKey().publicKey())))
        .isEqualTo(ReceiptStatus.GOOD);
    assertThat(terminal.journal().waiting()).containsExactly(accepted.half());
    assertThat(accepted.half().isPositionConsistent()).isTrue();
    KeptTap kept = wallet.wallet().state().waiting().get(0);
    assertThat(kept.token()).isEqualTo(accepted.half().token());
    assertThat(kept.receipt()).contains(receipt);
  }

  @Test
  void theLogsWitnessEachOther() {
    install();
    List<TapHalf> halves = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      halves.add(accepted(tap(100L * i)).half());
    }
    List<Digest> digests = halves.stream().map(half -> half.token().digest()).toList();

    assertThat(TapLog.leadsTo(LogHead.GENESIS, digests, terminal.journal().head())).isTrue();
    assertThat(
            TapLog.leadsTo(
                LogHead.GENESIS, digests.subList(0, 3), halves.get(3).token().body().walletHead()))
        .isTrue();
    assertThat(
            TapLog.leadsTo(
                LogHead.GENESIS,
                List.of(digests.get(0), digests.get(2), digests.get(3)),
                terminal.journal().head()))
        .as("a log without its second tap")
        .isFalse();
    assertThat(TapLog.from(LogHead.GENESIS, digests.subList(0, 2)).place(halves.get(3).position()))
        .isEqualTo(new io.tallystick.protocol.log.LogRelation.Gap(2));
  }

  @Test
  void aRefusedTapKeepsItsPlaceInBothLogs() {
    install();
    accepted(tap(9_000));
    tap(TestPlatform.AT_RISK_LIMIT_MINOR + 1_000);
    TapHalf third = accepted(tap(1)).half();
    assertThat(third.token().body().terminalHead()).isEqualTo(thirdsWitness());
    assertThat(third.token().body().walletHead().sequence()).isEqualTo(2);
  }

  private LogHead thirdsWitness() {
    return wallet.wallet().state().taps().get(1).receipt().orElseThrow().statement().terminalHead();
  }

  @Test
  void isNotReadyWithoutAPack() {
    assertThat(tap(100)).isEqualTo(new TapOutcome.NotReady(Unreadiness.NO_PACK));
  }

  @Test
  void isNotReadyWithADenyListThatIsTooOld() {
    terminal.install(platform.pack(1, NOON, Duration.ofHours(1)).encode());
    clock.now = NOON.plus(Duration.ofHours(1));
    accepted(tap(100));
    clock.now = NOON.plus(Duration.ofHours(1)).plusSeconds(1);
    assertThat(tap(100)).isEqualTo(new TapOutcome.NotReady(Unreadiness.DENY_LIST_TOO_OLD));
  }

  @Test
  void isNotReadyAfterTheClockWasSetBack() {
    install();
    clock.now = NOON.minusSeconds(31);
    assertThat(tap(100)).isEqualTo(new TapOutcome.NotReady(Unreadiness.CLOCK_WENT_BACK));
    clock.now = NOON.minusSeconds(30);
    accepted(tap(100));
  }

  @Test
  void takesNoCurrencyWithoutAFloorLimit() {
    install();
    assertThat(terminal.take(wallet.channel(), Money.of(100, "USD")))
        .isEqualTo(new TapOutcome.NotReady(Unreadiness.CURRENCY_NOT_TAKEN));
  }

  @Test
  void refusesAboveTheFloorLimit() {
    install();
    assertThat(tap(TestPlatform.FLOOR_LIMIT_MINOR + 1))
        .isEqualTo(new TapOutcome.Refused(TapStatus.FLOOR_LIMIT_EXCEEDED));
  }

  @Test
  void takesATapAtRiskUpToItsLimit() {
    install();
    accepted(tap(9_000));
    TapOutcome.Accepted atRisk = accepted(tap(TestPlatform.AT_RISK_LIMIT_MINOR));
    assertThat(atRisk.cover()).isEqualTo(TapCover.AT_RISK);
    assertThat(tap(TestPlatform.AT_RISK_LIMIT_MINOR + 1))
        .isEqualTo(new TapOutcome.Refused(TapStatus.AT_RISK_REFUSED));
    assertThat(wallet.wallet().state().waiting().get(2).receipt().orElseThrow().accepted())
        .isFalse();
  }

  @Test
  void refusesADeniedDevice() {
    terminal.install(platform.pack(1, NOON, wallet.device()).encode());
    assertThat(tap(100)).isEqualTo(new TapOutcome.Refused(TapStatus.DEVICE_DENIED));
  }

  @Test
  void passesOnWhyAWalletRefuses() {
    clock.now = NOON.plus(Duration.ofDays(30));
    terminal.install(platform.pack(1, clock.now).encode());
    assertThat(tap(100))
        .isEqualTo(
            new TapOutcome.Failed(
                TapFailure.WALLET_REFUSED, Optional.of(TapRefusal.NOT_AUTHORISED)));
  }

  @Test
  void takesNoPackThatTheRootDoesNotVouchFor() {
    assertThat(terminal.install(new TestPlatform().pack(1, NOON).encode()))
        .isEqualTo(PackStatus.ROOT_MISMATCH);
    terminal.install(platform.pack(5, NOON).encode());
    assertThat(terminal.install(platform.pack(4, NOON).encode())).isEqualTo(PackStatus.OLDER_PACK);
    assertThat(terminal.journal().pack().orElseThrow().content().version()).isEqualTo(5);
  }

  @Test
  void aWalletTakenAwayAtAnyMomentPaysAtMostOnceForWhatItCanProve() {
    install();
    for (int lostAt = 1; lostAt <= 7; lostAt++) {
      for (boolean cardHeardIt : new boolean[] {false, true}) {
        TestWallet payer = new TestWallet(platform, clock);
        TapOutcome first =
            terminal.take(losing(payer.card(), lostAt, cardHeardIt), Money.of(300, "CNY"));
        if (!(first instanceof TapOutcome.Accepted)) {
          // The cashier asks again; the token of the first try is with nobody but the wallet.
          accepted(terminal.take(payer.channel(), Money.of(300, "CNY")));
        }
        long halves =
            terminal.journal().waiting().stream()
                .filter(half -> half.token().deviceId().equals(payer.device()))
                .count();
        assertThat(halves).as("lost at %d, heard %s", lostAt, cardHeardIt).isEqualTo(1);
        assertThat(payer.wallet().state().uploadable().size()).isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void aCardThatNeverEndsIsGivenUp() {
    install();
    CardChannel endless = apdu -> new byte[] {0x00, 0x61, 0x01};
    assertThat(terminal.take(endless, Money.of(100, "CNY"))).isInstanceOf(TapOutcome.Failed.class);
  }

  @Test
  void saysNothingIsTakenWhenItsHalfCouldNotBeKept() {
    install();
    terminal.close();
    assertThatThrownBy(() -> tap(100)).isInstanceOf(JournalException.class);
    assertThat(wallet.wallet().state().waiting().get(0).receipt()).isEmpty();
    terminal = reopened();
    assertThat(terminal.journal().waiting()).isEmpty();
  }

  @Test
  void remembersEverythingAfterARestart() {
    install();
    TapHalf half = accepted(tap(100)).half();
    terminal.close();
    terminal = reopened();

    assertThat(terminal.journal().head()).isEqualTo(half.position());
    assertThat(terminal.journal().waiting()).containsExactly(half);
    assertThat(terminal.journal().lastCounter(wallet.device()))
        .contains(half.token().body().counter());
    assertThat(terminal.journal().pack()).isPresent();
  }

  private Terminal reopened() {
    return Terminal.open(identity, TerminalJournal.open(folder.resolve("till.journal")), clock);
  }

  private void install() {
    assertThat(terminal.install(platform.pack(1, NOON).encode())).isEqualTo(PackStatus.GOOD);
  }

  private TapOutcome tap(long amountMinor) {
    return terminal.take(wallet.channel(), Money.of(amountMinor, "CNY"));
  }

  /** Goes silent at the n-th command, before or after the card has worked on it. */
  private static CardChannel losing(TapCard card, int lostAt, boolean cardHeardIt) {
    int[] commands = {0};
    return apdu -> {
      commands[0]++;
      if (commands[0] == lostAt) {
        if (cardHeardIt) {
          card.process(apdu);
        }
        throw new IOException("taken away");
      }
      return card.process(apdu);
    };
  }

  private static TapOutcome.Accepted accepted(TapOutcome outcome) {
    assertThat(outcome).isInstanceOf(TapOutcome.Accepted.class);
    return (TapOutcome.Accepted) outcome;
  }

  /** A clock that anyone may set. */
  private static final class SetClock extends Clock {
    private Instant now = NOON;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
