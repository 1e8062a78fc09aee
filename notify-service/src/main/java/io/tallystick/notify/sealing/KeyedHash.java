package io.tallystick.notify.sealing;

import io.tallystick.protocol.crypto.Sm3;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;

/// HMAC-SM3 over length-prefixed parts, under keys derived from the key-encryption keys. A plain
/// hash would not protect six digits.
final class KeyedHash {
  private static final byte[] LABEL =
      "tallystick.notify/1 keyed hash".getBytes(StandardCharsets.UTF_8);

  private KeyedHash() {}

  static Map<Integer, byte[]> keys(Map<Integer, byte[]> keyEncryptionKeys) {
    Map<Integer, byte[]> keys = new TreeMap<>();
    keyEncryptionKeys.forEach((version, key) -> keys.put(version, Sm3.hmac(key, LABEL)));
    return keys;
  }

  static byte[] of(byte[] key, String purpose, String... parts) {
    return Sm3.hmac(key, joined(purpose, parts));
  }

  static boolean equal(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }

  /// Each part with its length before it, so that no two lists give the same bytes.
  static byte[] joined(String first, String... others) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, first);
    for (String part : others) {
      write(out, part);
    }
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }
}
