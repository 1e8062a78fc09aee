package io.tallystick.sdk.wallet.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.log.TapLog;
import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.Nonce;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.tap.ClockEvidence;
import io.tallystick.protocol.tap.IntegrityFlag;
import io.tallystick.protocol.tap.LocationCell;
import io.tallystick.protocol.tap.Receipt;
import io.tallystick.protocol.tap.ReceiptStatement;
import io.tallystick.protocol.tap.TapAnswer;
import io.tallystick.protocol.tap.TapCover;
import io.tallystick.protocol.tap.TapRefusal;
import io.tallystick.protocol.tap.TapRequest;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.protocol.tap.TerminalDecision;
import io.tallystick.protocol.tap.UnlockMethod;
import io.tallystick.sdk.wallet.Enrolment;
import io.tallystick.sdk.wallet.KeptTap;
import io.tallystick.sdk.wallet.MemoryWalletStore;
import io.tallystick.sdk.wallet.TestIssuer;
import io.tallystick.sdk.wallet.TestTime;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.Wallet.Change;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TapWalletTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final SecureRandom random = new SecureRandom();
  private final TestIssuer issuer = new TestIssuer();
  private final TestTime time = new TestTime(NOON);
  private final MemoryWalletStore store = new MemoryWalletStore();
  private final Wallet wallet = Wallet.open(store, time.walletTime());
  private TapContext context = TapContext.at(LocationCell.of(31.23, 121.47));
  private final TapWallet taps = TapWallet.of(wallet, TapPolicy.DEFAULT, () -> context);
  private final Enrolment enrolment = issuer.enrol(10_000, 5, NOON.plus(Duration.ofDays(30)));

  @BeforeEach
  void enrol() {
    wallet.update(state -> new Change<>(state.enrolled(enrolment), true));
  }

  @Test
  void signsWhatTheTerminalAskedForAndKeepsItsHalf() {
    TapRequest request = request(1_250);
    TapToken token = signed(taps.answer(request));

    assertThat(token.isSignedByDevice()).isTrue();
    assertThat(token.body().nonce()).isEqualTo(request.nonce());
    assertThat(token.body().amount()).isEqualTo(Money.of(1_250, "CNY"));
    assertThat(token.body().allowanceLeftMinor()).isEqualTo(8_750);
    assertThat(token.body().counter()).isEqualTo(Counter.of(1));
    assertThat(token.cover()).isEqualTo(TapCover.GUARANTEED);
    assertThat(store.load().orElseThrow().waiting()).containsExactly(KeptTap.signed(token));
    assertThat(wallet.state().waiting().get(0).half().isPositionConsistent()).isTrue();
  }

  @Test
  void doesNotReleaseATokenThatWasNotKept() {
    store.failing(true);
    assertThat(taps.answer(request(100))).isEqualTo(new TapAnswer.Refused(TapRefusal.NOT_STORED));

    store.failing(false);
    assertThat(signed(taps.answer(request(100))).body().counter()).isEqualTo(Counter.of(1));
  }

  @Test
  void answersTheSameRequestWithTheSameTokenAlsoAfterARestart() {
    TapRequest request = request(100);
    TapToken first = signed(taps.answer(request));
    Wallet reopened = Wallet.open(store, time.walletTime());
    TapWallet again = TapWallet.of(reopened, TapPolicy.DEFAULT, () -> context);

    assertThat(signed(again.answer(request))).isEqualTo(first);
    assertThat(reopened.state().taps()).hasSize(1);
    TapRequest otherAmount =
        new TapRequest(
            request.merchant(),
            request.terminal(),
            Money.of(101, "CNY"),
            request.nonce(),
            request.time(),
            request.terminalHead());
    assertThat(signed(again.answer(otherAmount)).body().counter()).isEqualTo(Counter.of(2));
  }

  @Test
  void chainsItsTapsSoThatAMissingOneShows() {
    TapToken one = signed(taps.answer(request(100)));
    TapToken two = signed(taps.answer(request(200)));
    TapToken three = signed(taps.answer(request(300)));

    assertThat(one.body().walletHead()).isEqualTo(LogHead.GENESIS);
    assertThat(
            TapLog.leadsTo(
                LogHead.GENESIS,
                java.util.List.of(one.digest(), two.digest()),
                three.body().walletHead()))
        .isTrue();
    assertThat(
            TapLog.leadsTo(
                LogHead.GENESIS, java.util.List.of(one.digest()), three.body().walletHead()))
        .isFalse();
    assertThat(wallet.state().tapUse().logHead())
        .isEqualTo(three.body().walletHead().append(three.digest()));
  }

  @Test
  void carriesTheTerminalsLastHead() {
    LogHead head = LogHead.GENESIS.append(io.tallystick.protocol.crypto.Sm3.hash(new byte[] {1}));
    TapRequest request =
        new TapRequest(
            MerchantId.of("shop-1"),
            TerminalId.of("till-1"),
            Money.of(100, "CNY"),
            Nonce.generate(random),
            NOON,
            head);
    assertThat(signed(taps.answer(request)).body().terminalHead()).isEqualTo(head);
  }

  @Test
  void refusesWithoutEnrolment() {
    Wallet empty = Wallet.open(new MemoryWalletStore(), time.walletTime());
    assertThat(TapWallet.of(empty, TapPolicy.DEFAULT, () -> context).answer(request(100)))
        .isEqualTo(new TapAnswer.Refused(TapRefusal.NOT_AUTHORISED));
  }

  @Test
  void refusesWhenTheAuthorisationHasEnded() {
    time.pass(Duration.ofDays(30));
    assertThat(taps.answer(request(100)))
        .isEqualTo(new TapAnswer.Refused(TapRefusal.NOT_AUTHORISED));
  }

  @Test
  void refusesWhileThePhoneIsLocked() {
    context = new TapContext(LocationCell.UNKNOWN, Duration.ZERO, UnlockMethod.NONE, Set.of());
    assertThat(taps.answer(request(100)))
        .isEqualTo(new TapAnswer.Refused(TapRefusal.USER_NOT_PRESENT));
  }

  @Test
  void refusesAnotherCurrency() {
    assertThat(taps.answer(request(Money.of(100, "USD"), NOON)))
        .isEqualTo(new TapAnswer.Refused(TapRefusal.CURRENCY_UNSUPPORTED));
  }

  @Test
  void refusesAboveTheLargestSingleAmount() {
    int largest = TestIssuer.LARGEST_SINGLE_AMOUNT_MINOR;
    assertThat(taps.answer(request(largest + 1)))
        .isEqualTo(new TapAnswer.Refused(TapRefusal.AMOUNT_TOO_LARGE));
    assertThat(taps.answer(request(largest))).isInstanceOf(TapAnswer.Signed.class);
  }

  @Test
  void refusesAfterTheLargestNumberOfTapsBeforeGoingOnline() {
    for (int i = 1; i <= 5; i++) {
      assertThat(signed(taps.answer(request(100))).body().tapsSinceOnline()).isEqualTo(i);
    }
    assertThat(taps.answer(request(100))).isEqualTo(new TapAnswer.Refused(TapRefusal.GO_ONLINE));
    wallet.update(state -> new Change<>(state.withTapUse(state.tapUse().online()), true));
    assertThat(taps.answer(request(100))).isInstanceOf(TapAnswer.Signed.class);
  }

  @Test
  void refusesWhenTheTerminalsClockIsFarOff() {
    assertThat(taps.answer(request(Money.of(100, "CNY"), NOON.plus(Duration.ofMinutes(11)))))
        .isEqualTo(new TapAnswer.Refused(TapRefusal.GO_ONLINE));
    assertThat(wallet.state().tapUse().lastCounter()).isEqualTo(Counter.of(0));
  }

  @Test
  void marksATapBeyondTheAllowanceAndRefusesItWhereThePayerSaysSo() {
    TapWallet careful =
        TapWallet.of(wallet, new TapPolicy(false, false, Duration.ofMinutes(10)), () -> context);
    assertThat(careful.answer(request(10_001)))
        .isEqualTo(new TapAnswer.Refused(TapRefusal.GO_ONLINE));
    assertThat(signed(careful.answer(request(10_000))).body().allowanceLeftMinor()).isZero();

    TapToken beyond = signed(taps.answer(request(1)));
    assertThat(beyond.cover()).isEqualTo(TapCover.AT_RISK);
    assertThat(beyond.body().allowanceLeftMinor()).isEqualTo(-1);
  }

  @Test
  void statesWhatItKnowsOfTheMoment() {
    taps.answer(request(100));
    time.pass(Duration.ofSeconds(8));
    taps.answer(request(Money.of(100, "CNY"), time.instant()));
    time.pass(Duration.ofSeconds(4));
    wallet.update(state ->
        new Change<>(state.withServerTimeSeen(time.walletTime().saw(time.instant())), true));
    Instant truth = time.instant();
    time.pass(Duration.ofSeconds(2));
    time.setDeviceClock(truth.plus(Duration.ofHours(1)));
    TapToken token = signed(taps.answer(request(Money.of(100, "CNY"), truth)));

    assertThat(token.body().fingerprint().tapsInTenSeconds()).isEqualTo(1);
    assertThat(token.body().fingerprint().tapsInMinute()).isEqualTo(2);
    assertThat(token.body().fingerprint().integrity()).contains(IntegrityFlag.CLOCK_CHANGED);
    assertThat(token.body().fingerprint().location()).isEqualTo(LocationCell.of(31.23, 121.47));
    assertThat(token.body().createdAt()).isEqualTo(truth.plusSeconds(2));
    assertThat(token.body().clockEvidence()).isEqualTo(new ClockEvidence(truth, 2));
  }

  @Test
  void keepsTheReceiptAndPrefersAnAcceptanceOverARefusal() {
    TapToken token = signed(taps.answer(request(100)));
    Receipt refused = receipt(token, TerminalDecision.REFUSED);
    Receipt accepted = receipt(token, TerminalDecision.ACCEPTED);

    taps.keepReceipt(token, refused);
    assertThat(kept(token)).contains(refused);
    taps.keepReceipt(token, accepted);
    assertThat(kept(token)).contains(accepted);
    taps.keepReceipt(token, receipt(token, TerminalDecision.REFUSED));
    taps.keepReceipt(token, receipt(token, TerminalDecision.ACCEPTED_AT_RISK));
    assertThat(kept(token)).contains(accepted);
  }

  @Test
  void aRenewalKeepsCounterAndLogAndCountsWhatThePlatformHasNotSeen() {
    TapToken before = signed(taps.answer(request(1_500)));
    Enrolment renewed =
        issuer.enrol(
            enrolment.deviceId(), enrolment.deviceKey(), 20_000, 5, NOON.plus(Duration.ofDays(60)));
    wallet.update(state -> new Change<>(state.renewed(renewed), true));
    TapToken after = signed(taps.answer(request(1_000)));

    assertThat(after.body().counter()).isEqualTo(Counter.of(2));
    assertThat(after.body().walletHead())
        .isEqualTo(before.body().walletHead().append(before.digest()));
    assertThat(after.body().allowanceLeftMinor()).isEqualTo(20_000 - 1_500 - 1_000);
  }

  private Optional<Receipt> kept(TapToken token) {
    return wallet.state().tap(token.serial()).orElseThrow().receipt();
  }

  private Receipt receipt(TapToken token, TerminalDecision decision) {
    Sm2PrivateKey terminalKey = Sm2PrivateKey.generate(random);
    return Receipt.sign(
        ReceiptStatement.about(token, decision, NOON, terminalKey.publicKey(), Optional.empty()),
        terminalKey,
        random);
  }

  private TapRequest request(long amountMinor) {
    return request(Money.of(amountMinor, "CNY"), time.instant());
  }

  private TapRequest request(Money amount, Instant at) {
    return new TapRequest(
        MerchantId.of("shop-1"),
        TerminalId.of("till-1"),
        amount,
        Nonce.generate(random),
        at,
        LogHead.GENESIS);
  }

  private static TapToken signed(TapAnswer answer) {
    assertThat(answer).isInstanceOf(TapAnswer.Signed.class);
    return ((TapAnswer.Signed) answer).token();
  }
}
