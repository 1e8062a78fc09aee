package io.tallystick.risk.history;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.risk.observation.Place;
import io.tallystick.risk.observation.Way;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Another payment of the payer, observed earlier; it may have been made later, as taps come in any
/// order.
public record KnownPayment(
    String paymentId,
    Way way,
    Money amount,
    Instant paidAt,
    TerminalId terminalId,
    @Nullable Place place,
    Standing standing) {
  public KnownPayment {
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(way, "way is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(paidAt, "paidAt is null");
    requireNonNull(terminalId, "terminalId is null");
    requireNonNull(standing, "standing is null");
  }
}
