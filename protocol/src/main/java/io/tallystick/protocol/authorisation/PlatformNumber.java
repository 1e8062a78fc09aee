package io.tallystick.protocol.authorisation;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.MalformedException;
import java.util.HexFormat;

/**
 * A code platform, field 7 of the authorisation: 4 bytes, as text 8 lower-case hex digits.
 *
 * @param value an unsigned 32-bit number
 */
public record PlatformNumber(long value) {
  public PlatformNumber {
    if (value < 0 || value > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("platform number is out of range: " + value);
    }
  }

  public static PlatformNumber parse(String hex) {
    if (!hex.matches("[0-9a-f]{8}")) {
      throw new MalformedException("platform number", "is not 8 lower-case hex digits");
    }
    return new PlatformNumber(HexFormat.fromHexDigitsToLong(hex));
  }

  public static PlatformNumber read(ByteReader in, String field) {
    PlatformNumber number = new PlatformNumber(in.u32(field));
    in.explain(number);
    return number;
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value, 8);
  }
}
