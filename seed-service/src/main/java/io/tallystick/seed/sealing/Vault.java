package io.tallystick.seed.sealing;

import io.tallystick.protocol.crypto.KeyEncryptionKeys;
import io.tallystick.protocol.crypto.SealedBytes;
import java.security.SecureRandom;
import java.util.Map;

/// Seals and opens what the service keeps secret at rest.
///
/// SM4-GCM with a random 96-bit nonce: confidential, and any change is noticed, also a move to
/// another row. Seals with the current key version and opens with any configured one.
public final class Vault {
  private final KeyEncryptionKeys keys;
  private final SecureRandom random;

  Vault(KeyEncryptionKeys keys, SecureRandom random) {
    this.keys = keys;
    this.random = random;
  }

  public static Vault of(int current, Map<Integer, byte[]> keys, SecureRandom random) {
    return new Vault(KeyEncryptionKeys.of(current, keys), random);
  }

  public Sealed seal(byte[] secret, RowIdentity row) {
    SealedBytes sealed = keys.seal(secret, row.associatedData(), random);
    return new Sealed(sealed.bytes(), sealed.keyVersion());
  }

  /// @throws SealBrokenException when it does not open
  public byte[] open(byte[] bytes, RowIdentity row) {
    SealedBytes sealed = SealedBytes.parse(bytes);
    return keys.open(sealed, row.associatedData())
        .orElseThrow(() -> new SealBrokenException(row.table(), sealed.keyVersion()));
  }
}
