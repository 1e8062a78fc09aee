package io.tallystick.risk.postgres;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.Place;
import io.tallystick.risk.observation.TapEvidence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row to be inserted into `observation`.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ObservationRow(
    String paymentId,
    String payerId,
    String deviceId,
    String way,
    String terminalId,
    long amountMinor,
    String currency,
    Instant paidAt,
    Instant receivedAt,
    @Nullable Double latitude,
    @Nullable Double longitude,
    @Nullable Long counter,
    @Nullable Long allowanceLeftMinor) {
  static ObservationRow of(Observation observation) {
    Place place = observation.place();
    TapEvidence tap = observation.tap();
    return new ObservationRow(
        observation.paymentId(),
        observation.payerId(),
        observation.deviceId().toString(),
        StoredJson.wire(observation.way()),
        observation.terminalId().value(),
        observation.amount().amountMinor(),
        observation.amount().currency(),
        observation.paidAt(),
        observation.receivedAt(),
        place == null ? null : place.latitudeDegrees(),
        place == null ? null : place.longitudeDegrees(),
        tap == null ? null : tap.serial().counter().value(),
        tap == null ? null : tap.allowanceLeftMinor());
  }
}
