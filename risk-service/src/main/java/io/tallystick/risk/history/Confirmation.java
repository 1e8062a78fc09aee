package io.tallystick.risk.history;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.Money;
import io.tallystick.risk.observation.Place;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The payer passed a challenge about a payment that a rule had frozen: one for each such rule.
///
/// @param rule wire name of the rule
/// @param triggers the payments that had made the rule answer; the payer vouched for them as well
public record Confirmation(
    String rule,
    String paymentId,
    DeviceId deviceId,
    Money amount,
    @Nullable Place place,
    List<String> triggers,
    Instant confirmedAt) {
  public Confirmation {
    requireNonNull(rule, "rule is null");
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(deviceId, "deviceId is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(triggers, "triggers is null");
    requireNonNull(confirmedAt, "confirmedAt is null");
    triggers = List.copyOf(triggers);
  }
}
