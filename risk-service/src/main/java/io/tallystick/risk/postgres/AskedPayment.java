package io.tallystick.risk.postgres;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.TapEvidence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A payment whose history is asked for, as a row of a statement's parameter.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record AskedPayment(
    String paymentId,
    String payerId,
    String deviceId,
    String currency,
    Instant paidAt,
    @Nullable Long counter) {
  static AskedPayment of(Observation observation) {
    TapEvidence tap = observation.tap();
    return new AskedPayment(
        observation.paymentId(),
        observation.payerId(),
        observation.deviceId().toString(),
        observation.amount().currency(),
        observation.paidAt(),
        tap == null ? null : tap.serial().counter().value());
  }
}
