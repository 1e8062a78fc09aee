package io.tallystick.protocol.tap;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;
import java.util.Locale;

/**
 * A coarse place: a cell of a hundredth of a degree, about a kilometre. Two bytes each: {@code
 * floor((latitude + 90) × 100)} and {@code floor((longitude + 180) × 100)}; both {@code FFFF} when
 * the place is unknown.
 *
 * @param latitudeIndex 0 to 17999, or 65535
 * @param longitudeIndex 0 to 35999, or 65535
 */
public record LocationCell(int latitudeIndex, int longitudeIndex) {
  public static final LocationCell UNKNOWN = new LocationCell(0xFFFF, 0xFFFF);

  private static final int LATITUDES = 18_000;
  private static final int LONGITUDES = 36_000;
  private static final int CELLS_PER_DEGREE = 100;
  private static final double EARTH_RADIUS_METRES = 6_371_000;

  public LocationCell {
    boolean unknown = latitudeIndex == 0xFFFF && longitudeIndex == 0xFFFF;
    if (!unknown
        && (latitudeIndex < 0
            || latitudeIndex >= LATITUDES
            || longitudeIndex < 0
            || longitudeIndex >= LONGITUDES)) {
      throw new IllegalArgumentException("no such cell: " + latitudeIndex + ", " + longitudeIndex);
    }
  }

  /** The cell of a place in degrees, north and east positive. */
  public static LocationCell of(double latitude, double longitude) {
    if (!(latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180)) {
      throw new IllegalArgumentException("no such place: " + latitude + ", " + longitude);
    }
    int latitudeIndex = (int) Math.floor((latitude + 90) * CELLS_PER_DEGREE);
    int longitudeIndex = (int) Math.floor((longitude + 180) * CELLS_PER_DEGREE);
    return new LocationCell(
        Math.min(latitudeIndex, LATITUDES - 1), Math.min(longitudeIndex, LONGITUDES - 1));
  }

  public boolean isKnown() {
    return latitudeIndex != 0xFFFF;
  }

  /** The latitude of the cell's middle, in degrees. */
  public double latitude() {
    requireKnown();
    return (latitudeIndex + 0.5) / CELLS_PER_DEGREE - 90;
  }

  /** The longitude of the cell's middle, in degrees. */
  public double longitude() {
    requireKnown();
    return (longitudeIndex + 0.5) / CELLS_PER_DEGREE - 180;
  }

  /** Metres between the middles of two known cells along a great circle. */
  public double metresTo(LocationCell other) {
    double here = Math.toRadians(latitude());
    double there = Math.toRadians(other.latitude());
    double latitudes = Math.sin((there - here) / 2);
    double longitudes = Math.sin(Math.toRadians(other.longitude() - longitude()) / 2);
    double chord =
        latitudes * latitudes + Math.cos(here) * Math.cos(there) * longitudes * longitudes;
    return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(chord)));
  }

  static LocationCell read(ByteReader in) {
    int latitudeIndex = in.u16("location latitude");
    int longitudeIndex = in.u16("location longitude");
    try {
      LocationCell cell = new LocationCell(latitudeIndex, longitudeIndex);
      in.explain(cell);
      return cell;
    } catch (IllegalArgumentException refused) {
      throw new MalformedException("location cell", "does not exist");
    }
  }

  void write(ByteWriter out) {
    out.u16(latitudeIndex).u16(longitudeIndex);
  }

  @Override
  public String toString() {
    return isKnown() ? String.format(Locale.ROOT, "%.3f,%.3f", latitude(), longitude()) : "unknown";
  }

  private void requireKnown() {
    if (!isKnown()) {
      throw new IllegalStateException("the place is unknown");
    }
  }
}
