package io.tallystick.verify.registry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Remembers what was found for a moment, and at most so many; what was not found is looked for
/// again. Age is measured by the monotonic clock.
public final class BriefMemory<K, V> {
  private final long keepNanos;
  private final Map<K, Remembered<V>> entries;

  private record Remembered<V>(V value, long sinceNanos) {}

  public BriefMemory(Duration keep, int most) {
    this.keepNanos = keep.toNanos();
    if (most < 1) {
      throw new IllegalArgumentException("most is below 1: " + most);
    }
    this.entries =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Remembered<V>> eldest) {
            return size() > most;
          }
        };
  }

  /// What is remembered, or else what `find` finds, which is then remembered.
  public Optional<V> get(K key, Function<K, Optional<V>> find) {
    V known = get(key);
    if (known != null) {
      return Optional.of(known);
    }
    long asked = System.nanoTime();
    Optional<V> found = find.apply(key);
    found.ifPresent(value -> put(key, value, asked));
    return found;
  }

  /// What is remembered and not too old.
  public synchronized @Nullable V get(K key) {
    Remembered<V> remembered = entries.get(requireNonNull(key, "key is null"));
    if (remembered == null) {
      return null;
    }
    if (System.nanoTime() - remembered.sinceNanos() >= keepNanos) {
      entries.remove(key);
      return null;
    }
    return remembered.value();
  }

  /// @param askedNanos when it was asked for, by [System#nanoTime]: the answer is as old as that
  public synchronized void put(K key, V value, long askedNanos) {
    entries.remove(key);
    entries.put(key, new Remembered<>(value, askedNanos));
  }

  public synchronized void forget(K key) {
    entries.remove(key);
  }
}
