package io.tallystick.verify.intake;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.tallystick.kit.coalesce.Coalescer;
import io.tallystick.kit.coalesce.Coalescers;
import io.tallystick.kit.coalesce.Limits;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.event.Outbox;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.tap.TapStatus;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.verify.device.KnownDevice;
import io.tallystick.verify.registry.TerminalRegistry;
import io.tallystick.verify.tap.HalfChecks;
import io.tallystick.verify.tap.HalfChecks.Outcome;
import io.tallystick.verify.tap.HalfResult;
import io.tallystick.verify.tap.Uploader;
import io.tallystick.verify.tap.VerifiedHalf;
import io.tallystick.verify.tap.postgres.PostgresTaps;
import io.tallystick.verify.terminal.Terminal;
import io.tallystick.verify.trust.TrustStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Takes in one half: the guards in their order, then the transaction it shares with the others in
/// flight. Returns when the half is durable or refused for good.
@Singleton
public class TapIntake {
  private final HalfChecks checks;
  private final TrustStore trust;
  private final Devices devices;
  private final TerminalRegistry terminals;
  private final Clock clock;
  private final Coalescer<VerifiedHalf, HalfResult> store;

  @Inject
  TapIntake(
      TapConfig config,
      TrustStore trust,
      Devices devices,
      TerminalRegistry terminals,
      Clock clock,
      Database database,
      Outbox outbox,
      Coalescers coalescers) {
    this.checks =
        new HalfChecks(
            trust.profile(),
            new HalfChecks.Limits(
                config.longestHalf(), config.clockSkew(), config.grace(), config.latest()));
    this.trust = trust;
    this.devices = devices;
    this.terminals = terminals;
    this.clock = clock;
    PostgresTaps taps = new PostgresTaps(outbox, trust.profile());
    Limits limits =
        new Limits(config.queue(), config.batch(), config.drainers(), config.patience());
    this.store =
        coalescers.create(
            "halves",
            limits,
            VerifiedHalf::paymentId,
            batch -> database.inTransaction(handle -> taps.store(handle, batch, now())));
  }

  /// @throws io.tallystick.kit.error.ApiException `UNAVAILABLE` when a part that is needed is away:
  ///   nothing is said about the half, and it is to be uploaded again
  public HalfResult take(byte[] bytes, Uploader uploader) {
    HalfResult result =
        switch (check(bytes, uploader)) {
          case Outcome.Failed<VerifiedHalf>(var refused) -> refused;
          case Outcome.Passed<VerifiedHalf>(var half) -> store.call(half);
        };
    count(result, uploader);
    return result;
  }

  private Outcome<VerifiedHalf> check(byte[] bytes, Uploader uploader) {
    TapHalf half;
    switch (checks.read(bytes, uploader)) {
      case Outcome.Failed<TapHalf>(var refused) -> {
        return new Outcome.Failed<>(refused);
      }
      case Outcome.Passed<TapHalf>(var read) -> half = read;
    }
    Instant now = now();
    if (verify(half.token(), now) instanceof Outcome.Failed<TapToken>(var refused)) {
      return new Outcome.Failed<>(refused);
    }
    Optional<Terminal> terminal = terminals.find(HalfChecks.terminalOf(half));
    Optional<KnownDevice> device = devices.find(half.token().deviceId());
    return checks.verify(half, bytes, uploader, device, terminal, now);
  }

  /// An issuer that is not known may have been installed a moment ago.
  private Outcome<TapToken> verify(TapToken token, Instant now) {
    Outcome<TapToken> outcome = checks.verify(token, trust.forTokens().tokens(), now);
    return outcome instanceof Outcome.Failed<TapToken>(var refused)
            && refused.reason().equals(name(TapStatus.ISSUER_NOT_ACCEPTED))
        ? checks.verify(token, trust.fresh().tokens(), now)
        : outcome;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static void count(HalfResult result, Uploader uploader) {
    String outcome =
        switch (result) {
          case HalfResult.Accepted accepted -> accepted.isDuplicate() ? "duplicate" : "accepted";
          case HalfResult.Conflict _ -> "conflict";
          case HalfResult.Refused refused -> refused.reason();
        };
    Metrics.counter(
            "tallystick.verify.halves",
            List.of(Tag.of("side", name(uploader.side())), Tag.of("outcome", outcome)))
        .increment();
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
