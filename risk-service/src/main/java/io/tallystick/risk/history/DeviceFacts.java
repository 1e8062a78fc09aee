package io.tallystick.risk.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the devices and tokens streams told of a device.
public record DeviceFacts(
    @Nullable Instant enrolledAt, List<AllowanceGrant> grants, List<DoubleSpend> doubleSpends) {
  public static final DeviceFacts NONE = new DeviceFacts(null, List.of(), List.of());

  public DeviceFacts {
    requireNonNull(grants, "grants is null");
    requireNonNull(doubleSpends, "doubleSpends is null");
    grants = List.copyOf(grants);
    doubleSpends = List.copyOf(doubleSpends);
  }
}
