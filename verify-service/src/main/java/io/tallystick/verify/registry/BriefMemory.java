package io.tallystick.verify.registry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Remembers what was found for a moment, and at most so many; what was not found is looked for
/// again. Age is measured by the monotonic clock. Whoever misses what another is looking for waits
/// for that: a thousand callers who miss together ask once.
public final class BriefMemory<K, V> {
  private final long keepNanos;
  private final Map<K, Remembered<V>> entries;
  private final Map<K, CompletableFuture<Optional<V>>> searches = new ConcurrentHashMap<>();

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
    CompletableFuture<Optional<V>> mine = new CompletableFuture<>();
    CompletableFuture<Optional<V>> running = searches.putIfAbsent(key, mine);
    return running == null ? search(key, find, mine) : resultOf(running);
  }

  private Optional<V> search(
      K key, Function<K, Optional<V>> find, CompletableFuture<Optional<V>> search) {
    long asked = System.nanoTime();
    try {
      Optional<V> found = find.apply(key);
      finish(key, search, found, asked);
      search.complete(found);
      return found;
    } catch (Throwable failure) { // Whatever it is, those who wait must hear of it.
      searches.remove(key, search);
      search.completeExceptionally(failure);
      throw failure;
    }
  }

  /// What was found by a search that [#forget] has overtaken may be old, and is not remembered.
  private synchronized void finish(
      K key, CompletableFuture<Optional<V>> search, Optional<V> found, long asked) {
    if (searches.remove(key, search)) {
      found.ifPresent(value -> put(key, value, asked));
    }
  }

  private static <V> Optional<V> resultOf(CompletableFuture<Optional<V>> search) {
    try {
      return search.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
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

  /// What is looked for from now on is looked for anew.
  public synchronized void forget(K key) {
    entries.remove(key);
    searches.remove(key);
  }
}
