package io.tallystick.notify.sealing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/// HMAC-SM3 over length-prefixed parts, under keys derived from the key-encryption keys. A plain
/// hash would not protect six digits.
final class KeyedHash {
  private static final int LENGTH = 32;
  private static final byte[] LABEL =
      "tallystick.notify/1 keyed hash".getBytes(StandardCharsets.UTF_8);

  private KeyedHash() {}

  static Map<Integer, byte[]> keys(Map<Integer, byte[]> keyEncryptionKeys) {
    Map<Integer, byte[]> keys = new TreeMap<>();
    keyEncryptionKeys.forEach((version, key) -> keys.put(version, hmac(key, LABEL)));
    return keys;
  }

  static byte[] of(byte[] key, String purpose, String... parts) {
    return hmac(key, joined(purpose, parts));
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

  private static byte[] hmac(byte[] key, byte[] value) {
    HMac hmac = new HMac(new SM3Digest());
    hmac.init(new KeyParameter(key));
    hmac.update(value, 0, value.length);
    byte[] hash = new byte[LENGTH];
    hmac.doFinal(hash, 0);
    return hash;
  }
}
