package io.tallystick.kit.sealing;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.pkcs11.TokenException;
import io.tallystick.kit.transit.TransitException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The key-encryption keys that a service has at this moment. Whoever seals or opens asks anew each
/// time, or keeps what it [derives][#derive], and so follows a change.
public final class KeyRing {
  private static final long SHORTEST_READ_INTERVAL_NANOS = 1_000_000_000L;

  private final Supplier<KeyEncryptionKeyList> source;
  private volatile Keys keys;
  private volatile Set<Integer> heldBack = Set.of();
  private volatile Optional<String> fault = Optional.empty();
  private long lastRead = System.nanoTime() - SHORTEST_READ_INTERVAL_NANOS;

  /// One state of the ring. Never changes; another state is another object.
  public static final class Keys {
    private final int current;
    private final TreeMap<Integer, byte[]> byVersion;

    private Keys(int current, Map<Integer, byte[]> byVersion) {
      this.current = current;
      this.byVersion = new TreeMap<>();
      byVersion.forEach((version, key) -> this.byVersion.put(version, key.clone()));
    }

    /// The version to seal with.
    public int current() {
      return current;
    }

    public Set<Integer> versions() {
      return new TreeSet<>(byVersion.keySet());
    }

    /// The keys themselves, copied; 16 bytes each.
    public Map<Integer, byte[]> copy() {
      return new Keys(current, byVersion).byVersion;
    }

    private boolean same(Keys other) {
      return current == other.current
          && byVersion.keySet().equals(other.byVersion.keySet())
          && byVersion.entrySet().stream()
              .allMatch(entry ->
                  MessageDigest.isEqual(entry.getValue(), other.byVersion.get(entry.getKey())));
    }

    @Override
    public String toString() {
      return "Keys[current " + current + ", versions " + byVersion.keySet() + "]";
    }
  }

  private KeyRing(Supplier<KeyEncryptionKeyList> source) {
    this.source = source;
    KeyEncryptionKeyList list = source.get();
    this.keys = new Keys(list.current(), list.keys());
  }

  /// Reads the keys of a service for the first time.
  ///
  /// @throws IllegalArgumentException when they are not usable: the service must not start
  /// @throws TokenException when a token can't unwrap them: the same
  /// @throws TransitException when a transit engine can't: the same
  public static KeyRing open(String prefix, KeyEncryptionSource source) {
    KeyUnwrapping unwrapping = KeyUnwrapping.of(prefix, source);
    return new KeyRing(() -> KeyEncryptionKeyList.from(prefix, source, unwrapping));
  }

  /// A ring that stays as it is.
  public static KeyRing of(int current, Map<Integer, byte[]> byVersion) {
    return new KeyRing(() -> new KeyEncryptionKeyList(current, byVersion));
  }

  public Keys keys() {
    return keys;
  }

  /// Versions that the configuration no longer has and that are kept because something needs them.
  public Set<Integer> heldBack() {
    return heldBack;
  }

  /// Why the configuration was not taken when it was read last; empty when it was.
  public Optional<String> fault() {
    return fault;
  }

  /// Something computed from the keys, once for each state of the ring.
  public <T> Supplier<T> derive(Function<Keys, T> derivation) {
    return new Derived<>(derivation);
  }

  /// Reads the configuration again. A fault changes nothing and is told by [#fault]. A version that
  /// is gone is given up only if nothing needs it, and a key is never replaced under its version.
  ///
  /// @param needed of the versions that would go, those that something still needs
  /// @return whether the ring changed
  public synchronized boolean reload(Function<Set<Integer>, Set<Integer>> needed) {
    Optional<Keys> read = read();
    if (read.isEmpty()) {
      return false;
    }
    Keys wanted = read.get();
    Set<Integer> missing = new TreeSet<>(keys.byVersion.keySet());
    missing.removeAll(wanted.byVersion.keySet());
    Set<Integer> kept = missing.isEmpty() ? Set.of() : Set.copyOf(needed.apply(missing));
    kept.forEach(
        version -> wanted.byVersion.put(version, requireNonNull(keys.byVersion.get(version))));
    heldBack = kept;
    return replace(wanted);
  }

  /// Looks for a version that another replica may know already. Only adds.
  ///
  /// @return whether the ring has the version now
  public synchronized boolean learn(int version) {
    if (keys.byVersion.containsKey(version)) {
      return true;
    }
    if (System.nanoTime() - lastRead < SHORTEST_READ_INTERVAL_NANOS) {
      return false;
    }
    read()
        .ifPresent(wanted -> {
          keys.byVersion.forEach(wanted.byVersion::putIfAbsent);
          replace(wanted);
        });
    return keys.byVersion.containsKey(version);
  }

  private Optional<Keys> read() {
    lastRead = System.nanoTime();
    try {
      KeyEncryptionKeyList list = source.get();
      Keys wanted = new Keys(list.current(), list.keys());
      requireUnchanged(wanted);
      fault = Optional.empty();
      return Optional.of(wanted);
    } catch (IllegalArgumentException
        | UncheckedIOException
        | TokenException
        | TransitException refused) {
      fault = Optional.of(String.valueOf(refused.getMessage()));
      return Optional.empty();
    }
  }

  private void requireUnchanged(Keys wanted) {
    wanted.byVersion.forEach((version, key) -> {
      byte[] known = keys.byVersion.get(version);
      if (known != null && !MessageDigest.isEqual(known, key)) {
        throw new IllegalArgumentException(
            "key-encryption key version " + version + " has another key; give it a new version");
      }
    });
  }

  private boolean replace(Keys wanted) {
    if (wanted.same(keys)) {
      return false;
    }
    keys = wanted;
    return true;
  }

  private final class Derived<T> implements Supplier<T> {
    private final Function<Keys, T> derivation;
    private volatile @Nullable Made<T> made;

    private record Made<T>(Keys from, T value) {}

    Derived(Function<Keys, T> derivation) {
      this.derivation = derivation;
      get();
    }

    @Override
    public T get() {
      Keys now = keys;
      Made<T> known = made;
      if (known == null || known.from() != now) {
        known = new Made<>(now, derivation.apply(now));
        made = known;
      }
      return known.value();
    }
  }

  @Override
  public String toString() {
    return "KeyRing[" + keys + "]";
  }
}
