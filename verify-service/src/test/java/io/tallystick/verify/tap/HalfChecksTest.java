package io.tallystick.verify.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.protocol.authorisation.AuthorisationVerifier;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.Seed;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.tap.TapTokenVerifier;
import io.tallystick.protocol.tap.TerminalDecision;
import io.tallystick.verify.device.KnownDevice;
import io.tallystick.verify.tap.HalfChecks.Outcome;
import io.tallystick.verify.terminal.Terminal;
import io.tallystick.verify.terminal.Terminal.FormerKey;
import io.tallystick.verify.terminal.TerminalName;
import io.tallystick.verify.testing.Issuer;
import io.tallystick.verify.testing.Taps;
import io.tallystick.verify.testing.Taps.Tap;
import io.tallystick.verify.testing.TestTerminal;
import io.tallystick.verify.testing.Wallet;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The guards that need no database, one by one and in their order.
class HalfChecksTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final Issuer ISSUER = new Issuer();
  private static final Sm2PrivateKey TERMINAL_KEY = Sm2PrivateKey.generate(RANDOM);
  private static final TerminalName NAME =
      new TerminalName(MerchantId.of("shop"), TerminalId.of("t1"));
  private static final Uploader.TerminalUploader TERMINAL = new Uploader.TerminalUploader(NAME);
  private static final Uploader.WalletUploader WALLET = new Uploader.WalletUploader("anna");
  private static final HalfChecks CHECKS =
      new HalfChecks(
          NetworkProfile.DEFAULT,
          new HalfChecks.Limits(
              4096, Duration.ofMinutes(2), Duration.ofHours(72), Duration.ofDays(30)));

  private final Wallet wallet = wallet();
  private final TestTerminal till = new TestTerminal("shop", "t1", TERMINAL_KEY, null);
  private final Tap tap = Taps.tap(wallet, till, 1, 100, NOW);

  @Test
  void passesBothHalvesOfATap() {
    assertThat(check(tap.terminalHalf(), TERMINAL, NOW)).isEqualTo("passed");
    assertThat(check(tap.walletHalf(), WALLET, NOW)).isEqualTo("passed");
    assertThat(check(tap.walletHalfWithoutReceipt(), WALLET, NOW)).isEqualTo("passed");
  }

  @Test
  void refusesWhatIsNoHalf() {
    assertThat(check(new byte[4097], TERMINAL, NOW)).isEqualTo("too_long");
    assertThat(check(new byte[10], TERMINAL, NOW)).isEqualTo("malformed");
    assertThat(check(tap.walletHalf(), TERMINAL, NOW)).isEqualTo("wrong_side");
    assertThat(check(tap.terminalHalf(), WALLET, NOW)).isEqualTo("wrong_side");
  }

  @Test
  void asksForTheCallersOwnTerminalFirst() {
    TerminalName other = new TerminalName(MerchantId.of("shop"), TerminalId.of("t2"));

    assertThat(check(tap.terminalHalf(), new Uploader.TerminalUploader(other), NOW))
        .isEqualTo("not_your_terminal");
  }

  @Test
  void judgesAgeByTheTapsOwnTime() {
    assertThat(check(tap.terminalHalf(), TERMINAL, NOW.minusSeconds(121)))
        .isEqualTo("created_in_future");
    assertThat(check(tap.terminalHalf(), TERMINAL, NOW.minusSeconds(119))).isEqualTo("passed");
    assertThat(check(tap.terminalHalf(), TERMINAL, NOW.plus(30, ChronoUnit.DAYS)))
        .isEqualTo("passed");
    assertThat(check(tap.terminalHalf(), TERMINAL, NOW.plus(30, ChronoUnit.DAYS).plusSeconds(1)))
        .isEqualTo("too_old");
  }

  @Test
  void flagsWhatComesAfterTheGracePeriod() {
    assertThat(verified(NOW.plus(72, ChronoUnit.HOURS)).isLate()).isFalse();
    assertThat(verified(NOW.plus(72, ChronoUnit.HOURS).plusSeconds(1)).isLate()).isTrue();
  }

  @Test
  void refusesWhoIsUnknown() {
    assertThat(verify(tap.terminalHalf(), TERMINAL, device(), Optional.empty()))
        .isEqualTo("terminal_unknown");
    assertThat(verify(tap.terminalHalf(), TERMINAL, Optional.empty(), terminal()))
        .isEqualTo("device_unknown");
    assertThat(verify(tap.walletHalf(), new Uploader.WalletUploader("berta"), device(), terminal()))
        .isEqualTo("not_your_device");
  }

  @Test
  void wantsAReceiptOfTheTerminalOnly() {
    TapHalf half =
        new TapHalf(
            TapHalf.Side.TERMINAL,
            tap.token(),
            Optional.empty(),
            LogHead.GENESIS.append(tap.token().digest()));

    assertThat(verify(half.encode(), TERMINAL, device(), terminal())).isEqualTo("receipt_missing");
  }

  @Test
  void believesAKeyThatWasReplacedAfterTheReceipt() {
    Sm2PrivateKey newKey = Sm2PrivateKey.generate(RANDOM);

    assertThat(verify(tap.terminalHalf(), TERMINAL, device(), rekeyed(newKey, NOW.plusSeconds(1))))
        .isEqualTo("passed");
    assertThat(verify(tap.terminalHalf(), TERMINAL, device(), rekeyed(newKey, NOW)))
        .isEqualTo("receipt_key_mismatch");
  }

  @Test
  void refusesAReceiptOutsideTheTokensValidity() {
    assertThat(withReceiptAt(NOW.minusSeconds(121))).isEqualTo("receipt_time");
    assertThat(withReceiptAt(NOW.minusSeconds(120))).isEqualTo("passed");
    assertThat(withReceiptAt(NOW.plusSeconds(60 + 120))).isEqualTo("passed");
    assertThat(withReceiptAt(NOW.plusSeconds(60 + 121))).isEqualTo("receipt_time");
  }

  @Test
  void refusesAPositionThatDoesNotFollow() {
    TapHalf half =
        new TapHalf(
            TapHalf.Side.TERMINAL, tap.token(), Optional.of(tap.receipt()), LogHead.GENESIS);

    assertThat(verify(half.encode(), TERMINAL, device(), terminal())).isEqualTo("log_position");
  }

  private String withReceiptAt(Instant time) {
    TapHalf half =
        TapHalf.ofTerminal(
            tap.token(), Taps.receipt(tap.token(), TERMINAL_KEY, time, TerminalDecision.ACCEPTED));
    return verify(half.encode(), TERMINAL, device(), terminal());
  }

  private VerifiedHalf verified(Instant now) {
    TapHalf half = TapHalf.parse(tap.terminalHalf());
    return switch (CHECKS.verify(half, half.encode(), TERMINAL, device(), terminal(), now)) {
      case Outcome.Passed<VerifiedHalf>(var passed) -> passed;
      case Outcome.Failed<VerifiedHalf>(var refused) -> throw new AssertionError(refused);
    };
  }

  /// Bytes, side, caller and token chain; then the rest.
  private String check(byte[] bytes, Uploader uploader, Instant now) {
    return switch (CHECKS.read(bytes, uploader)) {
      case Outcome.Failed<TapHalf>(var refused) -> refused.reason();
      case Outcome.Passed<TapHalf>(var half) -> {
        TapTokenVerifier verifier =
            new TapTokenVerifier(AuthorisationVerifier.trusting(ISSUER.root()));
        yield switch (CHECKS.verify(half.token(), verifier, now)) {
          case Outcome.Failed<?>(var refused) -> refused.reason();
          case Outcome.Passed<?> _ -> verify(bytes, uploader, device(), terminal());
        };
      }
    };
  }

  private static String verify(
      byte[] bytes, Uploader uploader, Optional<KnownDevice> device, Optional<Terminal> terminal) {
    TapHalf half = TapHalf.parse(bytes);
    return switch (CHECKS.verify(half, bytes, uploader, device, terminal, NOW)) {
      case Outcome.Failed<VerifiedHalf>(var refused) -> refused.reason();
      case Outcome.Passed<VerifiedHalf> _ -> "passed";
    };
  }

  private Optional<KnownDevice> device() {
    return Optional.of(new KnownDevice(wallet.deviceId(), "anna", Optional.empty()));
  }

  private static Optional<Terminal> terminal() {
    return Optional.of(
        new Terminal(
            NAME, TERMINAL_KEY.publicKey(), List.of(), Optional.empty(), 0, Optional.empty()));
  }

  private static Optional<Terminal> rekeyed(Sm2PrivateKey newKey, Instant at) {
    return Optional.of(
        new Terminal(
            NAME,
            newKey.publicKey(),
            List.of(new FormerKey(TERMINAL_KEY.publicKey(), at)),
            Optional.empty(),
            0,
            Optional.empty()));
  }

  private static Wallet wallet() {
    DeviceId device = DeviceId.generate(RANDOM);
    Sm2PrivateKey key = Sm2PrivateKey.generate(RANDOM);
    return new Wallet(
        "anna",
        device,
        "seed",
        Seed.generate(RANDOM),
        Alias.generate(RANDOM),
        key,
        ISSUER.authorise(device, key.publicKey(), device.toString()),
        NOW);
  }
}
