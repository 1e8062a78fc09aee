package io.tallystick.verify.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.tap.Receipt;
import io.tallystick.protocol.tap.ReceiptStatus;
import io.tallystick.protocol.tap.TapCheck;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.tap.TapLimits;
import io.tallystick.protocol.tap.TapStatus;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.protocol.tap.TapTokenVerifier;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.verify.device.KnownDevice;
import io.tallystick.verify.terminal.Retirement;
import io.tallystick.verify.terminal.Terminal;
import io.tallystick.verify.terminal.TerminalName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The ordered guards of a half, as far as they need no database: bytes, side, caller, token chain,
/// device, receipt. Retirement, revocation and double spending are decided where halves are stored.
public final class HalfChecks {
  private final NetworkProfile profile;
  private final Limits limits;

  /// What a half is measured against.
  ///
  /// @param longest half in bytes
  /// @param clockSkew by which the clocks of wallets and terminals may differ
  /// @param grace after which an upload is late
  /// @param latest after which an upload is refused
  public record Limits(int longest, Duration clockSkew, Duration grace, Duration latest) {
    public Limits {
      if (longest < 1) {
        throw new IllegalArgumentException("longest is below 1: " + longest);
      }
      if (clockSkew.isNegative() || grace.isNegative() || latest.compareTo(grace) < 0) {
        throw new IllegalArgumentException(
            "limits do not ascend: %s, %s, %s".formatted(clockSkew, grace, latest));
      }
    }
  }

  public HalfChecks(NetworkProfile profile, Limits limits) {
    this.profile = requireNonNull(profile, "profile is null");
    this.limits = requireNonNull(limits, "limits is null");
  }

  /// Either a refusal or what was asked for.
  public sealed interface Outcome<T> {
    record Passed<T>(T value) implements Outcome<T> {}

    record Failed<T>(HalfResult.Refused refused) implements Outcome<T> {}
  }

  /// Reads a half that this uploader may upload.
  public Outcome<TapHalf> read(byte[] bytes, Uploader uploader) {
    if (bytes.length > limits.longest()) {
      return new Outcome.Failed<>(HalfRefusal.TOO_LONG.refused());
    }
    TapHalf half;
    try {
      half = TapHalf.parse(bytes, profile);
    } catch (MalformedException malformed) {
      return new Outcome.Failed<>(HalfRefusal.MALFORMED.refused(malformed.getMessage()));
    }
    if (half.side() != uploader.side()) {
      return new Outcome.Failed<>(HalfRefusal.WRONG_SIDE.refused());
    }
    if (uploader instanceof Uploader.TerminalUploader caller
        && !caller.name().equals(terminalOf(half))) {
      return new Outcome.Failed<>(HalfRefusal.NOT_YOUR_TERMINAL.refused());
    }
    return new Outcome.Passed<>(half);
  }

  /// The terminal a half's token is made out to.
  public static TerminalName terminalOf(TapHalf half) {
    return new TerminalName(half.token().body().merchant(), half.token().body().terminal());
  }

  /// The token's guards against the platform's trust.
  public Outcome<TapToken> verify(TapToken token, TapTokenVerifier verifier, Instant now) {
    TapLimits tapLimits =
        new TapLimits(limits.clockSkew(), limits.latest(), Optional.empty(), Optional.empty());
    TapStatus status = verifier.verify(token, TapCheck.onPlatform(now, tapLimits));
    return status == TapStatus.GOOD
        ? new Outcome.Passed<>(token)
        : new Outcome.Failed<>(HalfRefusal.of(status));
  }

  /// The guards that need the device and the terminal.
  public Outcome<VerifiedHalf> verify(
      TapHalf half,
      byte[] bytes,
      Uploader uploader,
      Optional<KnownDevice> device,
      Optional<Terminal> terminal,
      Instant now) {
    if (terminal.isEmpty()) {
      return new Outcome.Failed<>(HalfRefusal.TERMINAL_UNKNOWN.refused());
    }
    if (device.isEmpty()) {
      return new Outcome.Failed<>(HalfRefusal.DEVICE_UNKNOWN.refused());
    }
    String payerId = device.get().payerId();
    if (uploader instanceof Uploader.WalletUploader caller && !caller.payerId().equals(payerId)) {
      return new Outcome.Failed<>(HalfRefusal.NOT_YOUR_DEVICE.refused());
    }
    Optional<HalfResult.Refused> receipt = refuseReceipt(half, terminal.get());
    if (receipt.isPresent()) {
      return new Outcome.Failed<>(receipt.get());
    }
    if (!half.isPositionConsistent()) {
      return new Outcome.Failed<>(HalfRefusal.LOG_POSITION.refused());
    }
    boolean isLate = half.token().body().createdAt().isBefore(now.minus(limits.grace()));
    return new Outcome.Passed<>(
        new VerifiedHalf(
            half,
            bytes,
            payerId,
            terminal.get().place(),
            isLate,
            device.get().revokedAt(),
            terminal.get().retirement().map(Retirement::at)));
  }

  private Optional<HalfResult.Refused> refuseReceipt(TapHalf half, Terminal terminal) {
    if (half.receipt().isEmpty()) {
      return half.side() == TapHalf.Side.TERMINAL
          ? Optional.of(HalfRefusal.RECEIPT_MISSING.refused())
          : Optional.empty();
    }
    Receipt receipt = half.receipt().get();
    ReceiptStatus status = receipt.verify(half.token(), registeredKey(receipt, terminal));
    return switch (status) {
      // Signed by the right terminal over other terms: clearing-service hears of it as a dispute.
      case GOOD, AMOUNT_MISMATCH, MERCHANT_MISMATCH -> refuseStatement(half.token(), receipt);
      case KEY_MISMATCH,
          SIGNATURE,
          SERIAL_MISMATCH,
          TOKEN_MISMATCH,
          TERMINAL_MISMATCH,
          HEAD_MISMATCH ->
          Optional.of(HalfRefusal.of(status));
    };
  }

  /// The key the terminal had when it signed: a key replaced since then still counts.
  private static Optional<Sm2PublicKey> registeredKey(Receipt receipt, Terminal terminal) {
    Sm2PublicKey claimed = receipt.statement().terminalKey();
    return Optional.of(
        terminal.hadKey(claimed, receipt.statement().time()) ? claimed : terminal.key());
  }

  private Optional<HalfResult.Refused> refuseStatement(TapToken token, Receipt receipt) {
    Instant time = receipt.statement().time();
    Instant earliest = token.body().createdAt().minus(limits.clockSkew());
    Instant latest = token.body().expiresAt().plus(limits.clockSkew());
    if (time.isBefore(earliest) || time.isAfter(latest)) {
      return Optional.of(HalfRefusal.RECEIPT_TIME.refused());
    }
    return receipt.accepted()
        ? Optional.empty()
        : Optional.of(HalfRefusal.REFUSED_AT_TERMINAL.refused());
  }
}
