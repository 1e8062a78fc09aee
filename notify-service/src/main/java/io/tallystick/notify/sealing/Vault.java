package io.tallystick.notify.sealing;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.KeyEncryptionKeys;
import io.tallystick.protocol.crypto.SealedBytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;

/// Seals and opens what the service keeps secret at rest, and makes its keyed hashes.
///
/// SM4-GCM with a random 96-bit nonce: confidential, and any change is noticed, also a move to
/// another row.
@ApplicationScoped
public class Vault {
  private final KeyEncryptionKeys keys;
  private final Map<Integer, byte[]> hashKeys;
  private final SecureRandom random = new SecureRandom();

  @Inject
  Vault(KeyEncryptionConfig config) {
    this(config.current(), KeyEncryptionKeyList.from(config));
  }

  /// @param keysByVersion 16-byte keys; erased here
  public Vault(int current, Map<Integer, byte[]> keysByVersion) {
    this.keys = KeyEncryptionKeys.of(current, keysByVersion);
    this.hashKeys = KeyedHash.keys(keysByVersion);
    keysByVersion.values().forEach(key -> Arrays.fill(key, (byte) 0));
  }

  /// Seals for one row.
  ///
  /// @param what table and column, a constant
  /// @param row the values that name the row
  public byte[] seal(byte[] secret, String what, String... row) {
    return keys.seal(secret, associatedData(what, row), random).bytes();
  }

  /// As [#seal(byte\[\], String, String...)] for text.
  public byte[] sealText(String secret, String what, String... row) {
    return seal(secret.getBytes(StandardCharsets.UTF_8), what, row);
  }

  /// @throws SealBrokenException when it does not open
  public byte[] open(byte[] bytes, String what, String... row) {
    SealedBytes sealed = SealedBytes.parse(requireNonNull(bytes, "bytes is null"));
    return keys.open(sealed, associatedData(what, row))
        .orElseThrow(() -> new SealBrokenException(what, sealed.keyVersion()));
  }

  /// As [#open(byte\[\], String, String...)] for text.
  public String openText(byte[] bytes, String what, String... row) {
    return new String(open(bytes, what, row), StandardCharsets.UTF_8);
  }

  /// The keyed hash of the parts under the current version.
  public byte[] hash(String purpose, String... parts) {
    return KeyedHash.of(requireNonNull(hashKeys.get(keys.current())), purpose, parts);
  }

  /// Whether a stored hash is that of the parts, under any version; takes the same time either way.
  public boolean hashMatches(byte[] stored, String purpose, String... parts) {
    boolean matches = false;
    for (byte[] key : hashKeys.values()) {
      matches |= KeyedHash.equal(stored, KeyedHash.of(key, purpose, parts));
    }
    return matches;
  }

  private static byte[] associatedData(String what, String... row) {
    return KeyedHash.joined("tallystick.notify/1 " + what, row);
  }
}
