package io.tallystick.risk.rule;

import io.tallystick.risk.history.History;
import io.tallystick.risk.history.KnownPayment;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Nobody is in two far places at once: the speed between the terminals of two consecutive
/// payments, in great-circle distance by payment time.
///
/// Both neighbours in payment time are looked at, so of two payments too far apart the one that
/// comes second is caught, whichever was made first. Terminals' clocks differ: the tolerance is
/// added to the time between.
public record SpeedRule(Thresholds thresholds) implements RiskRule {
  /// @param lookback neighbours further away in time say nothing
  public record Thresholds(
      RiskOutcome outcome,
      double maxKmPerHour,
      double minDistanceKm,
      Duration clockTolerance,
      Duration lookback) {}

  private record Leg(KnownPayment other, double distanceKm, Duration between, double kmPerHour) {}

  @Override
  public RuleName name() {
    return RuleName.SPEED;
  }

  @Override
  public Finding judge(Observation observation, History history) {
    Evidence evidence =
        new Evidence(name())
            .threshold("maxKmPerHour", thresholds.maxKmPerHour())
            .threshold("minDistanceKm", thresholds.minDistanceKm())
            .threshold("clockToleranceSeconds", thresholds.clockTolerance().toSeconds());
    Place place = observation.place();
    if (place == null) {
      return evidence.notApplicable("the terminal moves");
    }
    List<Leg> legs = new ArrayList<>();
    addLeg(legs, observation, place, history.before());
    addLeg(legs, observation, place, history.after());
    if (legs.isEmpty()) {
      return evidence.notApplicable("no other payment with a place");
    }
    // A leg below the smallest distance never explains anything, however fast it looks.
    Leg worst =
        legs.stream()
            .filter(leg -> leg.distanceKm() > thresholds.minDistanceKm())
            .max(Comparator.comparingDouble(Leg::kmPerHour))
            .orElse(legs.getFirst());
    evidence
        .input("distanceKm", Figures.decimal(worst.distanceKm()))
        .input("secondsBetween", worst.between().toSeconds())
        .input("kmPerHour", Figures.decimal(worst.kmPerHour()))
        .input("otherPaymentId", worst.other().paymentId());
    if (worst.distanceKm() <= thresholds.minDistanceKm()
        || worst.kmPerHour() <= thresholds.maxKmPerHour()) {
      return evidence.clear();
    }
    return evidence.raise(
        thresholds.outcome(),
        List.of(worst.other().paymentId(), observation.paymentId()),
        explain(observation, worst));
  }

  private String explain(Observation observation, Leg leg) {
    return ("Rule speed: terminal %s is %s km from terminal %s, where %s was paid %s apart; %s km/h"
            + " with %s of clock tolerance, at most %s km/h pass.")
        .formatted(
            observation.terminalId(),
            Figures.decimal(leg.distanceKm()),
            leg.other().terminalId(),
            leg.other().paymentId(),
            Figures.duration(leg.between()),
            Figures.decimal(leg.kmPerHour()),
            Figures.duration(thresholds.clockTolerance()),
            Figures.decimal(thresholds.maxKmPerHour()));
  }

  private void addLeg(
      List<Leg> legs, Observation observation, Place place, @Nullable KnownPayment other) {
    if (other == null) {
      return;
    }
    Place otherPlace = other.place();
    Duration between = Duration.between(other.paidAt(), observation.paidAt()).abs();
    if (otherPlace == null || between.compareTo(thresholds.lookback()) > 0) {
      return;
    }
    double distanceKm = place.kilometresTo(otherPlace);
    double hours = between.plus(thresholds.clockTolerance()).toMillis() / 3_600_000.0;
    legs.add(new Leg(other, distanceKm, between, distanceKm / hours));
  }
}
