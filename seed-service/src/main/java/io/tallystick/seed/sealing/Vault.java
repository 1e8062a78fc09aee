package io.tallystick.seed.sealing;

import io.tallystick.kit.sealing.KeyRing;
import io.tallystick.protocol.crypto.KeyEncryptionKeys;
import io.tallystick.protocol.crypto.SealedBytes;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.Supplier;

/// Seals and opens what the service keeps secret at rest.
///
/// SM4-GCM with a random 96-bit nonce: confidential, and any change is noticed, also a move to
/// another row. Seals with the current key version and opens with any that the ring has, now.
public final class Vault {
  private final KeyRing ring;
  private final Supplier<KeyEncryptionKeys> keys;
  private final SecureRandom random;

  Vault(KeyRing ring, SecureRandom random) {
    this.ring = ring;
    this.keys = ring.derive(state -> KeyEncryptionKeys.of(state.current(), state.copy()));
    this.random = random;
  }

  public static Vault of(int current, Map<Integer, byte[]> keys, SecureRandom random) {
    return new Vault(KeyRing.of(current, keys), random);
  }

  /// The version that seals.
  public int current() {
    return keys.get().current();
  }

  public Sealed seal(byte[] secret, RowIdentity row) {
    SealedBytes sealed = keys.get().seal(secret, row.associatedData(), random);
    return new Sealed(sealed.bytes(), sealed.keyVersion());
  }

  /// Whether there is a key for it; it may not open all the same.
  public boolean opens(byte[] bytes) {
    int version = SealedBytes.parse(bytes).keyVersion();
    // Another replica may have sealed with a version that this one has not read yet.
    return keys.get().versions().contains(version) || ring.learn(version);
  }

  /// @throws SealBrokenException when it does not open
  public byte[] open(byte[] bytes, RowIdentity row) {
    if (!opens(bytes)) {
      throw new SealBrokenException(row.table(), SealedBytes.parse(bytes).keyVersion());
    }
    SealedBytes sealed = SealedBytes.parse(bytes);
    return keys.get()
        .open(sealed, row.associatedData())
        .orElseThrow(() -> new SealBrokenException(row.table(), sealed.keyVersion()));
  }
}
