package io.tallystick.kit.error;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A text that PostgreSQL can't keep: it has the character zero. Only a caller can have sent it.
final class UnstorableText {
  /// character_not_in_repertoire (PostgreSQL 18, appendix A).
  private static final String STATE = "22021";

  private static final int DEEPEST_CAUSE = 16;

  private UnstorableText() {}

  static boolean is(Throwable failure) {
    @Nullable Throwable current = failure;
    for (int depth = 0; current != null && depth < DEEPEST_CAUSE; depth++) {
      if (current instanceof SQLException sql) {
        return STATE.equals(sql.getSQLState());
      }
      current = current.getCause();
    }
    return false;
  }
}
