package io.tallystick.protocol.crypto;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.MalformedException;
import java.util.Arrays;
import java.util.HexFormat;

/** An SM3 digest, 32 bytes; as text 64 lower-case hex digits. Not a secret. */
public final class Digest {
  /** Length of a digest. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private Digest(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Digest of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("digest is " + bytes.length + " bytes instead of 32");
    }
    return new Digest(bytes.clone());
  }

  /** From 64 hex digits. */
  public static Digest parse(String hex) {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new MalformedException("digest", "is not 64 lower-case hex digits");
    }
    return new Digest(HexFormat.of().parseHex(hex));
  }

  public static Digest read(ByteReader in, String field) {
    return new Digest(in.bytes(LENGTH, field));
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
