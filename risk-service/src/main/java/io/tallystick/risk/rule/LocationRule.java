package io.tallystick.risk.rule;

import io.tallystick.protocol.tap.LocationCell;
import io.tallystick.risk.history.History;
import io.tallystick.risk.observation.Behaviour;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.Place;
import io.tallystick.risk.observation.TapEvidence;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The wallet says that it is elsewhere than the terminal: a relayed tap, or a terminal that was
/// moved.
///
/// A tap is made hand to hand, so the wallet's coarse cell and the terminal's registered place must
/// be near.
public record LocationRule(Thresholds thresholds) implements RiskRule {
  /// @param maxDistanceKm how far apart passes
  public record Thresholds(RiskOutcome outcome, double maxDistanceKm) {}

  private static final long UNKNOWN_CELL = 0;
  private static final int INDEX_BITS = 16;
  private static final int INDEX_MASK = 0xffff;
  private static final int LATITUDES = 18_000;
  private static final int LONGITUDES = 36_000;

  @Override
  public RuleName name() {
    return RuleName.LOCATION;
  }

  @Override
  public Finding judge(Observation observation, History history) {
    Evidence evidence = new Evidence(name()).threshold("maxDistanceKm", thresholds.maxDistanceKm());
    Place terminalPlace = observation.place();
    if (terminalPlace == null) {
      return evidence.notApplicable("the terminal moves");
    }
    Optional<Place> walletPlace = walletPlace(observation.tap());
    if (walletPlace.isEmpty()) {
      return evidence.notApplicable("the wallet's place is unknown");
    }
    double distanceKm = walletPlace.get().kilometresTo(terminalPlace);
    evidence
        .input("walletLatitude", walletPlace.get().latitudeDegrees())
        .input("walletLongitude", walletPlace.get().longitudeDegrees())
        .input("distanceKm", Figures.decimal(distanceKm));
    if (distanceKm <= thresholds.maxDistanceKm()) {
      return evidence.clear();
    }
    return evidence.raise(
        thresholds.outcome(),
        List.of(observation.paymentId()),
        "Rule location: the wallet says it is %s km from terminal %s; at most %s km pass."
            .formatted(
                Figures.decimal(distanceKm),
                observation.terminalId(),
                Figures.decimal(thresholds.maxDistanceKm())));
  }

  /// The middle of the cell: latitude index in the high half, longitude index in the low half. A
  /// cell that doesn't exist says as little as none.
  private static Optional<Place> walletPlace(@Nullable TapEvidence tap) {
    Behaviour behaviour = tap == null ? null : tap.behaviour();
    if (behaviour == null || behaviour.locationCell() == UNKNOWN_CELL) {
      return Optional.empty();
    }
    int latitude = (int) (behaviour.locationCell() >>> INDEX_BITS) & INDEX_MASK;
    int longitude = (int) behaviour.locationCell() & INDEX_MASK;
    if (latitude >= LATITUDES || longitude >= LONGITUDES) {
      return Optional.empty();
    }
    LocationCell cell = new LocationCell(latitude, longitude);
    return Optional.of(Place.of(cell.latitude(), cell.longitude()));
  }
}
