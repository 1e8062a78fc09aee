package io.tallystick.kit.sealing;

import java.time.Instant;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;

/// Something stored that needs key-encryption keys.
public interface VersionUse {
  /// What it is, for operators: `seed.sealed`.
  String what();

  /// How many rows need each version.
  SortedMap<Integer, Long> rowsByVersion(Handle handle, Instant now);
}
