package io.tallystick.seed.sealing;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.sealing.KeyRing;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The secret that Argon2id takes beside password and salt: without it, a copy of the database does
/// not let anyone try out the million six-digit passwords.
///
/// A version's pepper is derived from that version of the key-encryption key. Passwords can't be
/// hashed anew until their payers enter them, which may be never, so a re-seal job stores the
/// peppers of old versions, sealed under the current one, and the old keys can go.
public final class PasswordPepper {
  private static final String PURPOSE = "password pepper";

  private final KeyedHash keys;
  private final Map<Integer, byte[]> kept = new ConcurrentHashMap<>();

  private PasswordPepper(KeyedHash keys) {
    this.keys = requireNonNull(keys, "keys is null");
  }

  static PasswordPepper of(KeyRing ring) {
    return new PasswordPepper(KeyedHash.of(PURPOSE, ring));
  }

  /// As the service makes it from its key-encryption keys.
  public static PasswordPepper of(int current, Map<Integer, byte[]> keyEncryptionKeys) {
    return of(KeyRing.of(current, keyEncryptionKeys));
  }

  /// The version for new passwords.
  public int current() {
    return keys.current();
  }

  /// @throws SealBrokenException when the version is neither configured nor kept
  public byte[] key(int version) {
    byte[] known = kept.get(version);
    return known != null ? known.clone() : keys.key(version);
  }

  /// A pepper that outlives its key-encryption key.
  void keep(int version, byte[] pepper) {
    kept.putIfAbsent(version, pepper.clone());
  }

  boolean keeps(int version) {
    return kept.containsKey(version);
  }

  @Override
  public String toString() {
    return "PasswordPepper[current " + current() + ", kept " + kept.keySet() + "]";
  }
}
