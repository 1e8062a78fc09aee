package io.tallystick.seed.sealing;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.sealing.KeyRing;
import io.tallystick.protocol.crypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// HMAC-SM3 for what has to be found or compared again without being stored: short secrets, which a
/// plain hash would not protect. There is a key for each purpose, derived from each version of the
/// key-encryption key, so that rotating it needs no second secret.
public final class KeyedHash {
  private final Supplier<Keys> keys;

  private record Keys(int current, SortedMap<Integer, byte[]> byVersion) {}

  private KeyedHash(Supplier<Keys> keys) {
    this.keys = keys;
  }

  /// @param purpose a constant of the caller; another purpose gives unrelated hashes
  static KeyedHash of(String purpose, KeyRing ring) {
    return new KeyedHash(ring.derive(state -> derive(purpose, state)));
  }

  static KeyedHash of(String purpose, int current, Map<Integer, byte[]> keyEncryptionKeys) {
    return of(purpose, KeyRing.of(current, keyEncryptionKeys));
  }

  private static Keys derive(String purpose, KeyRing.Keys state) {
    byte[] label = ("tallystick.seed/1 " + purpose).getBytes(StandardCharsets.UTF_8);
    SortedMap<Integer, byte[]> derived = new TreeMap<>();
    state
        .copy()
        .forEach((version, key) -> {
          derived.put(version, Sm3.hmac(key, label));
          Arrays.fill(key, (byte) 0);
        });
    return new Keys(state.current(), derived);
  }

  /// The version that [#hash(byte\[\])] uses.
  public int current() {
    return keys.get().current();
  }

  public byte[] hash(byte[] value) {
    return versioned(value).hash();
  }

  /// A hash and the version it was made under, of one state of the keys.
  public record Versioned(byte[] hash, int version) {
    @Override
    public String toString() {
      return "Versioned[" + version + "]";
    }
  }

  public Versioned versioned(byte[] value) {
    Keys now = keys.get();
    byte[] key = requireNonNull(now.byVersion().get(now.current()), "the current key is known");
    return new Versioned(Sm3.hmac(key, value), now.current());
  }

  /// The hash under every configured version: one of them is stored.
  public List<byte[]> everyHash(byte[] value) {
    return keys.get().byVersion().values().stream().map(key -> Sm3.hmac(key, value)).toList();
  }

  /// The derived key itself, for a primitive that takes a secret of its own (Argon2's pepper).
  ///
  /// @throws SealBrokenException when the version is not configured
  public byte[] key(int version) {
    return find(version).orElseThrow(() -> new SealBrokenException("a keyed hash", version));
  }

  /// As [#key(int)]; empty when the version is not configured.
  Optional<byte[]> find(int version) {
    return Optional.ofNullable(keys.get().byVersion().get(version)).map(byte[]::clone);
  }

  @Override
  public String toString() {
    return "KeyedHash[current " + current() + ", versions " + keys.get().byVersion().keySet() + "]";
  }
}
