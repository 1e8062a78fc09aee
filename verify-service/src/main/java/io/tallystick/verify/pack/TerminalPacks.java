package io.tallystick.verify.pack;

import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.error.ErrorCode;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.pack.PackContent;
import io.tallystick.protocol.pack.TerminalPolicy;
import io.tallystick.verify.intake.TapConfig;
import io.tallystick.verify.peer.SeedTrust;
import io.tallystick.verify.registry.BriefMemory;
import io.tallystick.verify.terminal.Terminal;
import io.tallystick.verify.trust.TrustBundle;
import io.tallystick.verify.trust.TrustStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Makes packs and has them signed by seed-service.
///
/// A pack's version is the second it was made in, so that it rises over all replicas without their
/// agreeing on anything. The deny list in it is always whole: a terminal keeps nothing that the
/// pack's signature does not cover.
@Singleton
public class TerminalPacks {
  private final PackConfig config;
  private final TapConfig taps;
  private final TrustStore trust;
  private final SeedTrust seed;
  private final Clock clock;
  private final BriefMemory<Terminal, byte[]> memory;

  @Inject
  TerminalPacks(PackConfig config, TapConfig taps, TrustStore trust, SeedTrust seed, Clock clock) {
    this.config = config;
    this.taps = taps;
    this.trust = trust;
    this.seed = seed;
    this.clock = clock;
    this.memory = new BriefMemory<>(config.remember(), config.remembered());
  }

  /// The signed pack for a terminal.
  public byte[] of(Terminal terminal) {
    return memory
        .get(terminal, asking -> Optional.of(make(asking)))
        .orElseThrow(() -> new AssertionError("a pack is always made"));
  }

  /// The signing issuer may have changed since it was asked for: then once more, with the new one.
  private byte[] make(Terminal terminal) {
    try {
      return seed.sign(unsigned(terminal, trust.forPacks()));
    } catch (ApiException refused) {
      if (refused.code() != ErrorCode.INVALID_ARGUMENT) {
        throw refused;
      }
      return seed.sign(unsigned(terminal, trust.fresh()));
    }
  }

  private byte[] unsigned(Terminal terminal, TrustBundle bundle) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return new PackContent(
            now.getEpochSecond(),
            now,
            bundle.root(),
            bundle.issuers(),
            policy(terminal),
            bundle.denyList())
        .encode();
  }

  private TerminalPolicy policy(Terminal terminal) {
    List<Money> floorLimits =
        config.floorLimitsMinor().entrySet().stream()
            .map(limit -> Money.of(limit.getValue(), limit.getKey()))
            .sorted(Comparator.comparing(Money::currency))
            .toList();
    return new TerminalPolicy(
        wholeSeconds(config.oldestDenyList()),
        wholeSeconds(taps.latest()),
        wholeSeconds(taps.clockSkew()),
        terminal.atRiskLimitMinor(),
        floorLimits);
  }

  private static Duration wholeSeconds(Duration duration) {
    return Duration.ofSeconds(duration.toSeconds());
  }
}
