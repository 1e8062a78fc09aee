package io.tallystick.seed.sealing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/// HMAC-SM3 for what has to be found or compared again without being stored: short secrets, which a
/// plain hash would not protect. There is a key for each purpose, derived from each version of the
/// key-encryption key, so that rotating it needs no second secret.
public final class KeyedHash {
  private static final int LENGTH = 32;

  private final int current;
  private final Map<Integer, byte[]> keys = new TreeMap<>();

  private KeyedHash(int current) {
    this.current = current;
  }

  /// @param purpose a constant of the caller; another purpose gives unrelated hashes
  static KeyedHash of(String purpose, int current, Map<Integer, byte[]> keyEncryptionKeys) {
    KeyedHash created = new KeyedHash(current);
    byte[] label = ("tallystick.seed/1 " + purpose).getBytes(StandardCharsets.UTF_8);
    keyEncryptionKeys.forEach((version, key) -> created.keys.put(version, hmac(key, label)));
    return created;
  }

  /// The version that [#hash(byte\[\])] uses.
  public int current() {
    return current;
  }

  public byte[] hash(byte[] value) {
    return hmac(key(current), value);
  }

  /// The hash under every configured version: one of them is stored.
  public List<byte[]> everyHash(byte[] value) {
    return keys.values().stream().map(key -> hmac(key, value)).toList();
  }

  /// The derived key itself, for a primitive that takes a secret of its own (Argon2's pepper).
  ///
  /// @throws SealBrokenException when the version is not configured
  public byte[] key(int version) {
    byte[] key = keys.get(version);
    if (key == null) {
      throw new SealBrokenException("a keyed hash", version);
    }
    return key.clone();
  }

  private static byte[] hmac(byte[] key, byte[] value) {
    HMac hmac = new HMac(new SM3Digest());
    hmac.init(new KeyParameter(key));
    hmac.update(value, 0, value.length);
    byte[] hash = new byte[LENGTH];
    hmac.doFinal(hash, 0);
    return hash;
  }

  @Override
  public String toString() {
    return "KeyedHash[current " + current + ", versions " + keys.keySet() + "]";
  }
}
