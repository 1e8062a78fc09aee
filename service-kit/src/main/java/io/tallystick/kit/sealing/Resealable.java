package io.tallystick.kit.sealing;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// Something stored that can be sealed anew under another version.
public interface Resealable extends VersionUse {
  /// Where a pass through the rows begins.
  List<String> START = List.of();

  /// What one batch did.
  ///
  /// @param resealed rows sealed anew
  /// @param broken rows that did not open and stay as they are
  /// @param position where the next batch goes on
  /// @param more whether there is a next batch in this pass
  record Batch(int resealed, int broken, List<String> position, boolean more) {
    public Batch {
      position = List.copyOf(position);
    }
  }

  /// Seals at most `limit` rows anew that are not under the version. Locks the rows, so that it and
  /// whoever else changes them come one after the other; rows that are locked are left for a later
  /// pass.
  Batch reseal(Handle handle, int version, List<String> after, int limit);
}
