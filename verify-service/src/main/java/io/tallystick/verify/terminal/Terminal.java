package io.tallystick.verify.terminal;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.TerminalId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A registered terminal.
///
/// @param key signs its receipts
/// @param formerKeys it had before, the latest first
/// @param place absent for a terminal that moves
/// @param atRiskLimitMinor largest tap it accepts at risk, minor units; 0 for none
/// @param retirement absent while it is in force
public record Terminal(
    TerminalName name,
    Sm2PublicKey key,
    List<FormerKey> formerKeys,
    Optional<Place> place,
    long atRiskLimitMinor,
    Optional<Retirement> retirement) {
  public Terminal {
    requireNonNull(name, "name is null");
    requireNonNull(key, "key is null");
    formerKeys = List.copyOf(formerKeys);
    requireNonNull(place, "place is null");
    if (atRiskLimitMinor < 0) {
      throw new IllegalArgumentException("atRiskLimitMinor is negative: " + atRiskLimitMinor);
    }
    requireNonNull(retirement, "retirement is null");
  }

  public MerchantId merchant() {
    return name.merchant();
  }

  public TerminalId id() {
    return name.terminal();
  }

  /// Whether it had this key at a time: receipts outlive the key that signed them.
  public boolean hadKey(Sm2PublicKey candidate, Instant at) {
    return key.equals(candidate)
        || formerKeys.stream()
            .anyMatch(former -> former.key().equals(candidate) && at.isBefore(former.replacedAt()));
  }

  /// A key that was replaced.
  public record FormerKey(Sm2PublicKey key, Instant replacedAt) {
    public FormerKey {
      requireNonNull(key, "key is null");
      requireNonNull(replacedAt, "replacedAt is null");
    }
  }

  /// WGS 84.
  public record Place(double latitudeDegrees, double longitudeDegrees) {
    public Place {
      if (!(Math.abs(latitudeDegrees) <= 90)) {
        throw new IllegalArgumentException("latitude_degrees is not from -90 to 90");
      }
      if (!(Math.abs(longitudeDegrees) <= 180)) {
        throw new IllegalArgumentException("longitude_degrees is not from -180 to 180");
      }
    }
  }
}
