package io.tallystick.risk.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of the device that paid.
///
/// @param enrolledAt null while the enrolment has not been heard of
/// @param grants at most [#MAX_GRANTS], newest first
/// @param previous known tap with the next lower counter
/// @param next known tap with the next higher counter
/// @param doubleSpends at most [#MAX_DOUBLE_SPENDS], newest first
public record DeviceHistory(
    @Nullable Instant enrolledAt,
    List<AllowanceGrant> grants,
    @Nullable KnownTap previous,
    @Nullable KnownTap next,
    List<DoubleSpend> doubleSpends) {
  public static final int MAX_GRANTS = 16;
  public static final int MAX_DOUBLE_SPENDS = 16;

  /// A device nothing is known of.
  public static final DeviceHistory UNKNOWN =
      new DeviceHistory(null, List.of(), null, null, List.of());

  public DeviceHistory {
    requireNonNull(grants, "grants is null");
    requireNonNull(doubleSpends, "doubleSpends is null");
    grants = List.copyOf(grants);
    doubleSpends = List.copyOf(doubleSpends);
  }
}
