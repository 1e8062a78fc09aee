package io.tallystick.protocol.crypto;

import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The public keys that were read last, by their compressed points. Reading one costs a square root
 * in the field, and Bouncy Castle keeps a table of multiples beside a point it has worked with:
 * together a good part of a verification, which a key that comes again need not pay again. A public
 * key is no secret, and only points of the curve get in.
 */
final class RecentKeys {
  private final int capacity;

  /** By the compressed point in hex. */
  private final Map<String, Sm2PublicKey> keys = new LinkedHashMap<>(16, 0.75f, true);

  RecentKeys(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity is below 1: " + capacity);
    }
    this.capacity = capacity;
  }

  synchronized Optional<Sm2PublicKey> get(byte[] compressed) {
    return Optional.ofNullable(keys.get(HexFormat.of().formatHex(compressed)));
  }

  /** Adds a key; the one that was not asked for the longest goes. */
  synchronized void add(Sm2PublicKey key) {
    keys.put(key.toString(), key);
    if (keys.size() > capacity) {
      Iterator<String> eldest = keys.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  synchronized int size() {
    return keys.size();
  }
}
