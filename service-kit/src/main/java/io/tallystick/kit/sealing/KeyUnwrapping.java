package io.tallystick.kit.sealing;

import static java.util.Objects.requireNonNull;

import io.quarkus.runtime.ImageMode;
import io.tallystick.kit.pkcs11.TokenKeys;
import io.tallystick.kit.pkcs11.TokenSettings;
import io.tallystick.kit.transit.TransitEngine;
import io.tallystick.kit.transit.TransitSettings;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// What stands between the configured keys and those that are used. Another keeper of keys is
/// another implementation and another form of [WrappedKey].
sealed interface KeyUnwrapping permits KeyUnwrapping.Nobody, KeyUnwrapping.ByToken, ByTransit {
  /// Whether a key may stand in the configuration as it is.
  boolean takesBareKeys();

  /// @return the key's 16 bytes
  /// @throws IllegalArgumentException when it is not a key of this version and service
  /// @throws io.tallystick.kit.pkcs11.TokenException when the token can't be asked
  /// @throws io.tallystick.kit.transit.TransitException when the transit engine can't be asked
  byte[] unwrap(WrappedKey wrapped);

  /// Told the versions of the configuration each time that it was read whole.
  default void keepOnly(Set<Integer> versions) {}

  /// @param prefix of the service's configuration; a key is wrapped for one prefix and version
  /// @throws IllegalArgumentException naming the property that is missing or can't be used
  static KeyUnwrapping of(String prefix, KeyEncryptionSource source) {
    return of(prefix, source, ImageMode.current());
  }

  static KeyUnwrapping of(String prefix, KeyEncryptionSource source, ImageMode image) {
    boolean token = isSet(source.pkcs11());
    boolean transit = isSet(source.transit());
    if (token && transit) {
      throw new IllegalArgumentException(
          "set " + prefix + ".pkcs11 or .transit, not both: one of them unwraps");
    }
    if (token) {
      return new ByToken(
          prefix,
          new TokenKeys(tokenSettings(prefix, source.pkcs11(), image)),
          source.bareKeysAllowed());
    }
    if (transit) {
      return new ByTransit(
          prefix,
          new TransitEngine(transitSettings(prefix, source.transit())),
          source.bareKeysAllowed());
    }
    return new Nobody(prefix);
  }

  private static boolean isSet(KeyEncryptionSource.Pkcs11 pkcs11) {
    return pkcs11.library().isPresent()
        || pkcs11.slot().isPresent()
        || pkcs11.keyLabels().isPresent()
        || pkcs11.pinFile().isPresent();
  }

  private static boolean isSet(KeyEncryptionSource.Transit transit) {
    return transit.address().isPresent()
        || transit.key().isPresent()
        || transit.tokenFile().isPresent()
        || transit.ca().isPresent()
        || transit.namespace().isPresent();
  }

  private static TokenSettings tokenSettings(
      String prefix, KeyEncryptionSource.Pkcs11 pkcs11, ImageMode image) {
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
    return new TokenSettings(
        pkcs11.library().get(),
        pkcs11.slot().getAsLong(),
        pkcs11.keyLabels().get(),
        pkcs11.pinFile().get(),
        pkcs11.timeout());
  }

  private static TransitSettings transitSettings(
      String prefix, KeyEncryptionSource.Transit transit) {
    if (transit.address().isEmpty() || transit.key().isEmpty()) {
      throw new IllegalArgumentException(
          "set " + prefix + ".transit.address and .key, or nothing of transit");
    }
    try {
      return new TransitSettings(
          TransitSettings.address(transit.address().get()),
          transit.mount(),
          transit.key().get(),
          transit.tokenFile(),
          transit.ca(),
          transit.namespace(),
          transit.timeout());
    } catch (IllegalArgumentException unusable) {
      throw new IllegalArgumentException(
          prefix + ".transit can't be used: " + unusable.getMessage(), unusable);
    }
  }

  /// What a wrapped key is bound to, so that it can't be put in the place of another.
  static byte[] boundTo(String prefix, int version) {
    return (prefix + ":" + version).getBytes(StandardCharsets.US_ASCII);
  }

  /// What is thrown of a key that does not authenticate.
  static IllegalArgumentException doesNotUnwrap(WrappedKey wrapped) {
    return new IllegalArgumentException(
        "key-encryption key version %d does not unwrap: it was altered, or wrapped under"
                .formatted(wrapped.version())
            + " another key or for another version or service");
  }

  /// What is thrown of a key that needs a keeper other than the one that is configured, if any.
  static IllegalArgumentException nobodyFor(WrappedKey wrapped, String prefix) {
    String missing =
        switch (wrapped) {
          case WrappedKey.OfToken _ -> ".pkcs11.library";
          case WrappedKey.OfTransit _ -> ".transit.address";
        };
    return new IllegalArgumentException(
        "key-encryption key version %d is wrapped, and %s%s is not set"
            .formatted(wrapped.version(), prefix, missing));
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
      throw nobodyFor(wrapped, prefix);
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
      return switch (wrapped) {
        case WrappedKey.OfToken ours ->
            token
                .decrypt(ours.iv(), ours.sealed(), boundTo(prefix, ours.version()))
                .orElseThrow(() -> doesNotUnwrap(ours));
        case WrappedKey.OfTransit other -> throw nobodyFor(other, prefix);
      };
    }
  }
}
