package io.tallystick.protocol.authorisation;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.MalformedException;
import java.util.HexFormat;

/**
 * An issuer, field 6 of the authorisation and part of its certificate: 4 bytes, as text 8
 * lower-case hex digits.
 *
 * @param value an unsigned 32-bit number
 */
public record IssuerNumber(long value) {
  public IssuerNumber {
    if (value < 0 || value > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("issuer number is out of range: " + value);
    }
  }

  public static IssuerNumber parse(String hex) {
    if (!hex.matches("[0-9a-f]{8}")) {
      throw new MalformedException("issuer number", "is not 8 lower-case hex digits");
    }
    return new IssuerNumber(HexFormat.fromHexDigitsToLong(hex));
  }

  public static IssuerNumber read(ByteReader in, String field) {
    IssuerNumber number = new IssuerNumber(in.u32(field));
    in.explain(number);
    return number;
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value, 8);
  }
}
