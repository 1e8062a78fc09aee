package io.tallystick.risk.observation;

/// A place on the earth, WGS 84.
///
/// @param latitudeDegrees degrees north, -90 to 90
/// @param longitudeDegrees degrees east, -180 to 180
public record Place(double latitudeDegrees, double longitudeDegrees) {
  /// Mean radius of the earth (IUGG R₁).
  private static final double EARTH_RADIUS_KM = 6371.0088;

  public Place {
    requireWithin(latitudeDegrees, 90, "latitudeDegrees");
    requireWithin(longitudeDegrees, 180, "longitudeDegrees");
  }

  public static Place of(double latitudeDegrees, double longitudeDegrees) {
    return new Place(latitudeDegrees, longitudeDegrees);
  }

  /// Great-circle distance by the haversine formula; within 0.6 % of the ellipsoid's.
  public double kilometresTo(Place other) {
    double latitude = Math.toRadians(latitudeDegrees);
    double otherLatitude = Math.toRadians(other.latitudeDegrees);
    double halfNorth = Math.sin((otherLatitude - latitude) / 2);
    double halfEast = Math.sin(Math.toRadians(other.longitudeDegrees - longitudeDegrees) / 2);
    double haversine =
        halfNorth * halfNorth + Math.cos(latitude) * Math.cos(otherLatitude) * halfEast * halfEast;
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(haversine)));
  }

  private static void requireWithin(double degrees, int limit, String name) {
    // Written so that a NaN is refused too.
    if (!(Math.abs(degrees) <= limit)) {
      throw new IllegalArgumentException(
          name + " must be between -" + limit + " and " + limit + ", is " + degrees);
    }
  }
}
