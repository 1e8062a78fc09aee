package io.tallystick.sandbox.cli.device;

import io.tallystick.protocol.tap.LocationCell;
import io.tallystick.sandbox.cli.CommandFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the phone is. A picocli mixin.
public final class PlaceOption {
  @Option(
      names = "--place",
      paramLabel = "LAT,LON",
      description = "Where the phone is, in degrees, for example 31.23,121.47 (default: unknown).")
  private @Nullable String place;

  /// The coarse cell that goes into a token.
  public LocationCell cell() {
    if (place == null) {
      return LocationCell.UNKNOWN;
    }
    String[] parts = place.split(",", -1);
    try {
      if (parts.length == 2) {
        return LocationCell.of(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
      }
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--place is no place: " + place);
    }
    throw CommandFailure.usage("--place is not LAT,LON: " + place);
  }
}
