package io.tallystick.risk.history;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that rules may know besides the observation itself.
///
/// @param nearby payments around it by payment time, oldest first, at most [#MAX_NEARBY] on either
///   side
/// @param before the last payment before it, or at the same time, whose place is known and that did
///   not fail
/// @param after the first such payment after it
/// @param amounts earlier payments whose money moved, newest first
/// @param confirmations challenges passed lately, newest first, at most [#MAX_CONFIRMATIONS]
public record History(
    List<KnownPayment> nearby,
    @Nullable KnownPayment before,
    @Nullable KnownPayment after,
    List<PaidAmount> amounts,
    DeviceHistory device,
    List<Confirmation> confirmations,
    @Nullable Caution caution) {
  public static final int MAX_NEARBY = 128;
  public static final int MAX_AMOUNTS = 200;
  public static final int MAX_CONFIRMATIONS = 32;

  /// Of a payer nobody has heard of.
  public static final History EMPTY =
      new History(List.of(), null, null, List.of(), DeviceHistory.UNKNOWN, List.of(), null);

  public History {
    requireNonNull(nearby, "nearby is null");
    requireNonNull(amounts, "amounts is null");
    requireNonNull(device, "device is null");
    requireNonNull(confirmations, "confirmations is null");
    nearby = List.copyOf(nearby);
    amounts = List.copyOf(amounts);
    confirmations = List.copyOf(confirmations);
  }
}
