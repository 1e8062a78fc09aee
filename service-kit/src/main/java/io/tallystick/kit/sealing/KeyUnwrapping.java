package io.tallystick.kit.sealing;

import static java.util.Objects.requireNonNull;

import io.quarkus.runtime.ImageMode;
import io.tallystick.kit.pkcs11.TokenKeys;
import io.tallystick.kit.pkcs11.TokenSettings;
import java.nio.charset.StandardCharsets;

/// What stands between the configured keys and those that are used. Another keeper of keys (a
/// transit engine, say) is another implementation and another form of [WrappedKey].
sealed interface KeyUnwrapping {
  /// Whether a key may stand in the configuration as it is.
  boolean takesBareKeys();

  /// @return the key's 16 bytes
  /// @throws IllegalArgumentException when it is not a key of this version and service
  /// @throws io.tallystick.kit.pkcs11.TokenException when the token can't be asked
  byte[] unwrap(WrappedKey wrapped);

  /// @param prefix of the service's configuration; a key is wrapped for one prefix and version
  /// @throws IllegalArgumentException naming the property that is missing or can't be used
  static KeyUnwrapping of(String prefix, KeyEncryptionSource source) {
    return of(prefix, source, ImageMode.current());
  }

  static KeyUnwrapping of(String prefix, KeyEncryptionSource source, ImageMode image) {
    KeyEncryptionSource.Pkcs11 pkcs11 = source.pkcs11();
    boolean nothingSet =
        pkcs11.library().isEmpty()
            && pkcs11.slot().isEmpty()
            && pkcs11.keyLabels().isEmpty()
            && pkcs11.pinFile().isEmpty();
    if (nothingSet) {
      return new Nobody(prefix);
    }
    if (pkcs11.library().isEmpty()
        || pkcs11.slot().isEmpty()
        || pkcs11.keyLabels().isEmpty()
        || pkcs11.pinFile().isEmpty()) {
      throw new IllegalArgumentException(
          "set all of " + prefix + ".pkcs11.library, .slot, .key-labels and .pin-file, or none");
    }
    if (image == ImageMode.NATIVE_RUN) {
      throw new IllegalArgumentException(
          prefix
              + ".pkcs11.library is set, and a native executable has no PKCS#11: run this service"
              + " on the JVM");
    }
    TokenSettings settings =
        new TokenSettings(
            pkcs11.library().get(),
            pkcs11.slot().getAsLong(),
            pkcs11.keyLabels().get(),
            pkcs11.pinFile().get(),
            pkcs11.timeout());
    return new ByToken(prefix, new TokenKeys(settings), source.bareKeysAllowed());
  }

  /// What a wrapped key is bound to, so that it can't be put in the place of another.
  static byte[] boundTo(String prefix, int version) {
    return (prefix + ":" + version).getBytes(StandardCharsets.US_ASCII);
  }

  /// Keys stand bare.
  record Nobody(String prefix) implements KeyUnwrapping {
    public Nobody {
      requireNonNull(prefix, "prefix is null");
    }

    @Override
    public boolean takesBareKeys() {
      return true;
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped) {
      throw new IllegalArgumentException(
          "key-encryption key version %d is wrapped, and %s.pkcs11.library is not set"
              .formatted(wrapped.version(), prefix));
    }
  }

  /// A PKCS#11 token unwraps.
  record ByToken(String prefix, TokenKeys token, boolean takesBareKeys) implements KeyUnwrapping {
    public ByToken {
      requireNonNull(prefix, "prefix is null");
      requireNonNull(token, "token is null");
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped) {
      return token
          .decrypt(wrapped.iv(), wrapped.sealed(), boundTo(prefix, wrapped.version()))
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "key-encryption key version %d does not unwrap: it was altered, or wrapped under"
                          .formatted(wrapped.version())
                      + " another key or for another version or service"));
    }
  }
}
