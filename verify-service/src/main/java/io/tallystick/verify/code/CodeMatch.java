package io.tallystick.verify.code;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.code.CodeMoment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// For whom a good code would pay, as seed-service answered.
///
/// @param payable payer, device and instrument
/// @param moment the seed's moment of an offline code; absent for an online one
public record CodeMatch(Payable payable, @Nullable SeedMoment moment) {
  public CodeMatch {
    requireNonNull(payable, "payable is null");
    if ((moment == null) == (payable.kind() == Kind.OFFLINE_CODE)) {
      throw new IllegalArgumentException("an offline code, and no other, has a moment");
    }
  }

  /// The two forms of a code.
  public enum Kind {
    OFFLINE_CODE,
    ONLINE_CODE
  }

  /// Who pays, and the one use that pays.
  ///
  /// @param instrumentId unique for all time; clearing-service pays it once
  public record Payable(
      String payerId, String deviceId, Kind kind, String instrumentId, Instant deviceEnrolledAt) {
    public Payable {
      requireNonNull(payerId, "payerId is null");
      requireNonNull(deviceId, "deviceId is null");
      requireNonNull(kind, "kind is null");
      requireNonNull(instrumentId, "instrumentId is null");
      requireNonNull(deviceEnrolledAt, "deviceEnrolledAt is null");
    }
  }

  /// The moment of a seed that a code was derived for; a seed's moments are used in rising order.
  public record SeedMoment(String seedId, CodeMoment moment) {
    public SeedMoment {
      requireNonNull(seedId, "seedId is null");
      requireNonNull(moment, "moment is null");
    }
  }
}
