package io.tallystick.risk.rule;

import io.tallystick.risk.history.Confirmation;
import io.tallystick.risk.history.History;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.Place;
import java.time.Duration;
import java.util.Optional;

/// Who has just passed a challenge isn't asked again for the same cause.
///
/// A passed challenge sets a freeze of the same rule aside for a while of server time, on the same
/// device, up to the amount that was confirmed, and for rules about places near the place that was
/// confirmed. It never sets a refusal aside. [FrequencyRule] has its own way: the payments vouched
/// for aren't counted again, so a new burst is asked about.
///
/// @param lasts how long after the challenge
/// @param radiusKm how far a place may be from the one confirmed
public record Trust(Duration lasts, double radiusKm) {
  Finding apply(Finding finding, Observation observation, History history) {
    if (finding.outcome() != RiskOutcome.FREEZE) {
      return finding;
    }
    Optional<Confirmation> confirmation =
        history.confirmations().stream()
            .filter(given -> covers(given, finding.rule(), observation))
            .findFirst();
    return confirmation.map(given -> finding.waivedBy(given.paymentId())).orElse(finding);
  }

  private boolean covers(Confirmation given, RuleName rule, Observation observation) {
    if (!given.rule().equals(rule.wire())
        || observation.receivedAt().isAfter(given.confirmedAt().plus(lasts))) {
      return false;
    }
    return switch (rule) {
      case SPEED, LOCATION -> isNear(given, observation) && isSame(given, observation);
      case AMOUNT, NEW_DEVICE, COUNTER_GAP, CLOCK, ALLOWANCE, LATE_HALF, INTEGRITY ->
          isSame(given, observation);
      // Whoever signs a serial twice may well be the payer; caution is lifted by the challenge
      // itself.
      case DOUBLE_SPEND, CAUTION, FREQUENCY -> false;
    };
  }

  private static boolean isSame(Confirmation given, Observation observation) {
    return given.deviceId().equals(observation.deviceId())
        && given.amount().currency().equals(observation.amount().currency())
        && observation.amount().compareTo(given.amount()) <= 0;
  }

  private boolean isNear(Confirmation given, Observation observation) {
    Place confirmed = given.place();
    Place place = observation.place();
    return confirmed != null && place != null && confirmed.kilometresTo(place) <= radiusKm;
  }
}
