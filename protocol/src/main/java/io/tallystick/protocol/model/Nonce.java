package io.tallystick.protocol.model;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A terminal's unpredictable number for one tap: 8 bytes, as text 16 lower-case hex digits.
 *
 * @param bits the 8 bytes, big-endian
 */
public record Nonce(long bits) {
  public static final int LENGTH = 8;

  public static Nonce generate(SecureRandom random) {
    return new Nonce(random.nextLong());
  }

  public static Nonce parse(String hex) {
    if (!hex.matches("[0-9a-f]{16}")) {
      throw new MalformedException("nonce", "is not 16 lower-case hex digits");
    }
    return new Nonce(HexFormat.fromHexDigitsToLong(hex));
  }

  public static Nonce read(ByteReader in, String field) {
    Nonce nonce = new Nonce(in.i64(field));
    in.explain(nonce);
    return nonce;
  }

  public byte[] bytes() {
    return new ByteWriter().i64(bits).toByteArray();
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(bits);
  }
}
