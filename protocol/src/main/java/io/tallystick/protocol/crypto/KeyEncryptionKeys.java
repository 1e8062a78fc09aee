package io.tallystick.protocol.crypto;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.wire.ByteWriter;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.security.auth.Destroyable;

/**
 * Versioned key-encryption keys: seals with the current version, opens with any known one, so that
 * keys rotate without a moment in which something cannot be opened. The version is authenticated
 * together with the caller's associated data, which should name what is sealed and for whom.
 */
public final class KeyEncryptionKeys implements Destroyable {
  /** Most versions kept at once. */
  public static final int MAX_VERSIONS = 64;

  private final int current;
  private final Map<Integer, Sm4Gcm> keys = new TreeMap<>();

  private KeyEncryptionKeys(int current) {
    this.current = current;
  }

  /**
   * @param current the version to seal with
   * @param keys 16-byte keys by version (0 to 65535), copied
   */
  public static KeyEncryptionKeys of(int current, Map<Integer, byte[]> keys) {
    requireNonNull(keys, "keys is null");
    if (!keys.containsKey(current)) {
      throw new IllegalArgumentException("no key for the current version " + current);
    }
    if (keys.size() > MAX_VERSIONS) {
      throw new IllegalArgumentException("more than " + MAX_VERSIONS + " versions");
    }
    KeyEncryptionKeys created = new KeyEncryptionKeys(current);
    keys.forEach((version, key) -> {
      if (version < 0 || version > 0xFFFF) {
        throw new IllegalArgumentException("version is not from 0 to 65535: " + version);
      }
      created.keys.put(version, Sm4Gcm.of(key));
    });
    return created;
  }

  /** The version that {@link #seal} uses. */
  public int current() {
    return current;
  }

  /** Every version that can be opened. */
  public TreeSet<Integer> versions() {
    return new TreeSet<>(keys.keySet());
  }

  /** Seals under the current key, bound to the associated data. */
  public SealedBytes seal(byte[] plaintext, byte[] associatedData, SecureRandom random) {
    if (plaintext.length > SealedBytes.MAX_LENGTH / 2) {
      throw new IllegalArgumentException("plaintext is too long: " + plaintext.length);
    }
    Sm4Gcm key = requireNonNull(keys.get(current), "the current key is always known");
    return new SealedBytes(current, key.seal(plaintext, bound(current, associatedData), random));
  }

  /** The plaintext; empty when the version is unknown or the box does not authenticate. */
  public Optional<byte[]> open(SealedBytes sealed, byte[] associatedData) {
    return Optional.ofNullable(keys.get(sealed.keyVersion()))
        .flatMap(key -> key.open(sealed.box(), bound(sealed.keyVersion(), associatedData)));
  }

  /** Whether something sealed should be sealed again because the key has moved on. */
  public boolean isStale(SealedBytes sealed) {
    return sealed.keyVersion() != current;
  }

  @Override
  public void destroy() {
    keys.values().forEach(Sm4Gcm::destroy);
  }

  @Override
  public boolean isDestroyed() {
    return keys.values().stream().allMatch(Sm4Gcm::isDestroyed);
  }

  @Override
  public String toString() {
    return "KeyEncryptionKeys[current " + current + ", versions " + keys.keySet() + "]";
  }

  private static byte[] bound(int version, byte[] associatedData) {
    return new ByteWriter().u16(version).bytes(associatedData).toByteArray();
  }
}
