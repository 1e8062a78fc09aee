package io.tallystick.kit.sealing;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.transit.TransitEngine;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// A transit engine unwraps, once for each key: what stands in the configuration as before is not
/// asked for again, because the configuration is read every ten seconds by every replica and keys
/// change a few times a year.
final class ByTransit implements KeyUnwrapping {
  private static final int KEY_BYTES = 16;
  private static final int NO_VERSION = -1;

  private final String prefix;
  private final TransitEngine engine;
  private final boolean takesBareKeys;
  private final Map<Integer, Unwrapped> unwrapped = new HashMap<>();

  private boolean binds;

  private record Unwrapped(WrappedKey.OfTransit from, byte[] key) {}

  ByTransit(String prefix, TransitEngine engine, boolean takesBareKeys) {
    this.prefix = requireNonNull(prefix, "prefix is null");
    this.engine = requireNonNull(engine, "engine is null");
    this.takesBareKeys = takesBareKeys;
  }

  @Override
  public boolean takesBareKeys() {
    return takesBareKeys;
  }

  @Override
  public synchronized byte[] unwrap(WrappedKey wrapped) {
    return switch (wrapped) {
      case WrappedKey.OfTransit ours -> remembered(ours).clone();
      case WrappedKey.OfToken other -> throw KeyUnwrapping.nobodyFor(other, prefix);
    };
  }

  /// A key that left the configuration is not kept here: whether it is still needed the ring knows.
  @Override
  public synchronized void keepOnly(Set<Integer> versions) {
    unwrapped.forEach((version, key) -> {
      if (!versions.contains(version)) {
        Arrays.fill(key.key(), (byte) 0);
      }
    });
    unwrapped.keySet().retainAll(versions);
  }

  private byte[] remembered(WrappedKey.OfTransit wrapped) {
    Unwrapped known = unwrapped.get(wrapped.version());
    if (known != null && known.from().equals(wrapped)) {
      return known.key();
    }
    byte[] key = ask(wrapped);
    unwrapped.put(wrapped.version(), new Unwrapped(wrapped, key));
    if (known != null) {
      Arrays.fill(known.key(), (byte) 0);
    }
    return key;
  }

  private byte[] ask(WrappedKey.OfTransit wrapped) {
    byte[] key =
        engine
            .decrypt(wrapped.ciphertext(), KeyUnwrapping.boundTo(prefix, wrapped.version()))
            .orElseThrow(() -> KeyUnwrapping.doesNotUnwrap(wrapped));
    boolean taken = false;
    try {
      requireBinding(wrapped);
      if (key.length != KEY_BYTES) {
        throw new IllegalArgumentException(
            "key-encryption key version %d unwraps to %d bytes and not to %d"
                .formatted(wrapped.version(), key.length, KEY_BYTES));
      }
      taken = true;
      return key;
    } finally {
      if (!taken) {
        Arrays.fill(key, (byte) 0);
      }
    }
  }

  /// Vault before 1.13 ignores associated data and says nothing: any key would open as any version.
  private void requireBinding(WrappedKey.OfTransit wrapped) {
    if (!binds) {
      engine
          .decrypt(wrapped.ciphertext(), KeyUnwrapping.boundTo(prefix, NO_VERSION))
          .ifPresent(key -> {
            Arrays.fill(key, (byte) 0);
            throw new IllegalArgumentException(
                "the transit engine ignores associated data, which binds a key to its version and"
                    + " service: Vault knows it since 1.13");
          });
      binds = true;
    }
  }

  @Override
  public String toString() {
    return "ByTransit[" + engine + "]";
  }
}
