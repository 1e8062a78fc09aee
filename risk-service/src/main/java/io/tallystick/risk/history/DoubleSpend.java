package io.tallystick.risk.history;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.TokenSerial;
import java.time.Instant;

/// A serial that the device signed twice, with the evidence that verify-service keeps.
public record DoubleSpend(TokenSerial serial, String evidenceId, Instant detectedAt) {
  public DoubleSpend {
    requireNonNull(serial, "serial is null");
    requireNonNull(evidenceId, "evidenceId is null");
    requireNonNull(detectedAt, "detectedAt is null");
  }
}
