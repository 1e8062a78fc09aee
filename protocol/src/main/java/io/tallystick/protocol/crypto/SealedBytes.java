package io.tallystick.protocol.crypto;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;
import java.util.Arrays;

/**
 * A secret sealed for storage: {@code key version(2) ‖ nonce(12) ‖ ciphertext ‖ tag(16)}. Safe to
 * store; useless without the key-encryption key of its version and the associated data.
 */
public final class SealedBytes {
  /** Longest sealed form. */
  public static final int MAX_LENGTH = 65_536;

  private static final int OVERHEAD = 2 + Sm4Gcm.NONCE_LENGTH + Sm4Gcm.TAG_LENGTH;

  private final int keyVersion;
  private final byte[] box;

  SealedBytes(int keyVersion, byte[] box) {
    this.keyVersion = keyVersion;
    this.box = box;
  }

  public static SealedBytes parse(byte[] bytes) {
    if (bytes.length < OVERHEAD || bytes.length > MAX_LENGTH) {
      throw new MalformedException("sealed bytes", "has a length out of bounds");
    }
    ByteReader in = ByteReader.of(bytes);
    return new SealedBytes(in.u16("key version"), in.bytes(bytes.length - 2, "box"));
  }

  /** The version of the key-encryption key that opens it. */
  public int keyVersion() {
    return keyVersion;
  }

  public byte[] bytes() {
    return new ByteWriter().u16(keyVersion).bytes(box).toByteArray();
  }

  byte[] box() {
    return box;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SealedBytes that
        && keyVersion == that.keyVersion
        && Arrays.equals(box, that.box);
  }

  @Override
  public int hashCode() {
    return 31 * keyVersion + Arrays.hashCode(box);
  }

  @Override
  public String toString() {
    return "SealedBytes[key version " + keyVersion + ", " + box.length + " bytes]";
  }
}
