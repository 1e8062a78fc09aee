package io.tallystick.notify.sealing;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.sealing.KeyRing;
import io.tallystick.protocol.crypto.KeyEncryptionKeys;
import io.tallystick.protocol.crypto.SealedBytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Seals and opens what the service keeps secret at rest, and makes its keyed hashes.
///
/// SM4-GCM with a random 96-bit nonce: confidential, and any change is noticed, also a move to
/// another row.
@ApplicationScoped
public class Vault {
  private final KeyRing ring;
  private final Supplier<State> state;
  private final SecureRandom random = new SecureRandom();

  /// Everything that follows from one state of the keys.
  private record State(KeyEncryptionKeys keys, SortedMap<Integer, byte[]> hashKeys) {
    static State of(KeyRing.Keys ring) {
      Map<Integer, byte[]> byVersion = ring.copy();
      State state =
          new State(
              KeyEncryptionKeys.of(ring.current(), byVersion),
              new TreeMap<>(KeyedHash.keys(byVersion)));
      byVersion.values().forEach(key -> Arrays.fill(key, (byte) 0));
      return state;
    }
  }

  @Inject
  Vault(KeyEncryptionConfig config) {
    this(KeyRing.open(KeyEncryptionConfig.PREFIX, config));
  }

  /// @param keysByVersion 16-byte keys; erased here
  public Vault(int current, Map<Integer, byte[]> keysByVersion) {
    this(KeyRing.of(current, keysByVersion));
    keysByVersion.values().forEach(key -> Arrays.fill(key, (byte) 0));
  }

  private Vault(KeyRing ring) {
    this.ring = ring;
    this.state = ring.derive(State::of);
  }

  /// The keys, which may change while the service runs.
  public KeyRing ring() {
    return ring;
  }

  /// Seals for one row.
  ///
  /// @param what table and column, a constant
  /// @param row the values that name the row
  public byte[] seal(byte[] secret, String what, String... row) {
    return state.get().keys().seal(secret, associatedData(what, row), random).bytes();
  }

  /// As [#seal(byte\[\], String, String...)] for text.
  public byte[] sealText(String secret, String what, String... row) {
    return seal(secret.getBytes(StandardCharsets.UTF_8), what, row);
  }

  /// @throws SealBrokenException when it does not open
  public byte[] open(byte[] bytes, String what, String... row) {
    SealedBytes sealed = SealedBytes.parse(requireNonNull(bytes, "bytes is null"));
    int version = sealed.keyVersion();
    if (!state.get().keys().versions().contains(version)) {
      // Another replica may have sealed with a version that this one has not read yet.
      ring.learn(version);
    }
    return state
        .get()
        .keys()
        .open(sealed, associatedData(what, row))
        .orElseThrow(() -> new SealBrokenException(what, version));
  }

  /// As [#open(byte\[\], String, String...)] for text.
  public String openText(byte[] bytes, String what, String... row) {
    return new String(open(bytes, what, row), StandardCharsets.UTF_8);
  }

  /// The keyed hash of the parts under the current version: `version(2) ‖ HMAC(32)`.
  public byte[] hash(String purpose, String... parts) {
    State now = state.get();
    return hash(now, now.keys().current(), purpose, parts);
  }

  /// The hash under every version, the current one first: for what was stored under an earlier one
  /// and has to be recognised.
  public List<byte[]> everyHash(String purpose, String... parts) {
    State now = state.get();
    int current = now.keys().current();
    return Stream.concat(
            Stream.of(current),
            now.hashKeys().keySet().stream().filter(version -> version != current))
        .map(version -> hash(now, version, purpose, parts))
        .toList();
  }

  /// Whether a stored hash is that of the parts, under any version; takes the same time either way.
  public boolean hashMatches(byte[] stored, String purpose, String... parts) {
    boolean matches = false;
    for (byte[] hash : everyHash(purpose, parts)) {
      matches |= KeyedHash.equal(stored, hash);
    }
    return matches;
  }

  private static byte[] hash(State now, int version, String purpose, String... parts) {
    byte[] hmac = KeyedHash.of(requireNonNull(now.hashKeys().get(version)), purpose, parts);
    return ByteBuffer.allocate(Short.BYTES + hmac.length)
        .putShort((short) version)
        .put(hmac)
        .array();
  }

  private static byte[] associatedData(String what, String... row) {
    return KeyedHash.joined("tallystick.notify/1 " + what, row);
  }
}
