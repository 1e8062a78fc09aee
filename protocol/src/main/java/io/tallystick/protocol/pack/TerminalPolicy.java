package io.tallystick.protocol.pack;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.deny.DenyList;
import io.tallystick.protocol.model.Currencies;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.tap.TapLimits;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a terminal may do offline.
 *
 * @param maxDenyListAge beyond which it refuses every tap; whole seconds
 * @param maxTapAge beyond which an upload is refused; whole seconds
 * @param clockSkew by which a wallet's clock may differ; whole seconds, less than 65536
 * @param atRiskLimitMinor the most it takes when the hold does not cover a tap, minor units of the
 *     tap's currency; 0 refuses every tap at risk
 * @param floorLimits the most it takes offline, one for each currency it takes
 */
public record TerminalPolicy(
    Duration maxDenyListAge,
    Duration maxTapAge,
    Duration clockSkew,
    long atRiskLimitMinor,
    List<Money> floorLimits) {

  /** Most floor limits: one for each currency. */
  public static final int MAX_FLOOR_LIMITS = Currencies.SUPPORTED.size();

  public TerminalPolicy {
    requireSeconds(maxDenyListAge, 0xFFFF_FFFFL, "maxDenyListAge");
    requireSeconds(maxTapAge, 0xFFFF_FFFFL, "maxTapAge");
    requireSeconds(clockSkew, 0xFFFF, "clockSkew");
    if (atRiskLimitMinor < 0 || atRiskLimitMinor > Money.MAX_AMOUNT_MINOR) {
      throw new IllegalArgumentException("atRiskLimitMinor is out of range: " + atRiskLimitMinor);
    }
    floorLimits = List.copyOf(floorLimits);
    Set<String> currencies = new HashSet<>();
    for (Money limit : floorLimits) {
      if (!currencies.add(limit.currency())) {
        throw new IllegalArgumentException("two floor limits for " + limit.currency());
      }
    }
  }

  /** The limits for a tap in this currency; empty when the terminal does not take it. */
  public Optional<TapLimits> limitsFor(String currency) {
    requireNonNull(currency, "currency is null");
    return floorLimits.stream()
        .filter(limit -> limit.currency().equals(currency))
        .findFirst()
        .map(limit ->
            new TapLimits(
                clockSkew,
                maxTapAge,
                Optional.of(limit),
                Optional.of(Money.of(atRiskLimitMinor, currency))));
  }

  /** Whether the deny list is too old to decide by. */
  public boolean isTooOld(DenyList list, Instant now) {
    return list.age(now).compareTo(maxDenyListAge) > 0;
  }

  static TerminalPolicy read(ByteReader in) {
    Duration maxDenyListAge = Duration.ofSeconds(in.u32("largest deny list age"));
    Duration maxTapAge = Duration.ofSeconds(in.u32("largest tap age"));
    Duration clockSkew = Duration.ofSeconds(in.u16("clock skew"));
    long atRiskLimitMinor = Money.readAmount(in, "at-risk limit");
    int count = in.bounded(in.u8("floor limit count"), MAX_FLOOR_LIMITS, "floor limit count");
    List<Money> floorLimits = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      floorLimits.add(Money.read(in.nested(Money.AMOUNT_LENGTH + 2, "floor limit " + i)));
    }
    try {
      return new TerminalPolicy(
          maxDenyListAge, maxTapAge, clockSkew, atRiskLimitMinor, floorLimits);
    } catch (IllegalArgumentException refused) {
      throw new MalformedException("floor limits", "name a currency twice");
    }
  }

  void write(ByteWriter out) {
    out.u32(maxDenyListAge.toSeconds())
        .u32(maxTapAge.toSeconds())
        .u16(clockSkew.toSeconds())
        .bcd(atRiskLimitMinor, Money.AMOUNT_LENGTH)
        .u8(floorLimits.size());
    floorLimits.forEach(limit -> limit.write(out));
  }

  private static void requireSeconds(Duration duration, long limit, String field) {
    if (duration.isNegative() || duration.toSeconds() > limit || duration.getNano() != 0) {
      throw new IllegalArgumentException(field + " is out of range: " + duration);
    }
  }
}
