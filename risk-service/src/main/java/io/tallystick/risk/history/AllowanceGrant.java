package io.tallystick.risk.history;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.Money;
import java.time.Instant;

/// An allowance given to a device at its enrolment or a renewal; it replaces what was left.
public record AllowanceGrant(Instant grantedAt, Money allowance) {
  public AllowanceGrant {
    requireNonNull(grantedAt, "grantedAt is null");
    requireNonNull(allowance, "allowance is null");
  }
}
