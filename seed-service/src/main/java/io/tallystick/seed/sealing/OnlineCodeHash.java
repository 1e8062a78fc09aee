package io.tallystick.seed.sealing;

import static java.util.Objects.requireNonNull;

/// The keyed hash that online codes are stored as.
public record OnlineCodeHash(KeyedHash hash) {
  public OnlineCodeHash {
    requireNonNull(hash, "hash is null");
  }
}
