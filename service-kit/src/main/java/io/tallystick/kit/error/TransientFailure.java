package io.tallystick.kit.error;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/// Tells failures that pass by themselves (the database is away, a deadlock, a serialization
/// failure) from those that stay. States: PostgreSQL 18, appendix A.
public final class TransientFailure {
  private static final int DEEPEST_CAUSE = 16;

  /// 53300 too many connections; 57P01 to 57P03 the server stops, crashed or starts; 25006 a
  /// failover left us on a read-only server; 55P03 lock not available. A statement that took too
  /// long (57014) isn't among them: it may always take too long.
  private static final Set<String> AWAY =
      Set.of("53300", "57P01", "57P02", "57P03", "25006", "55P03");

  private TransientFailure() {}

  /// Whether trying later may succeed without anybody changing anything.
  public static boolean is(Throwable failure) {
    Throwable current = failure;
    for (int depth = 0; current != null && depth < DEEPEST_CAUSE; depth++) {
      if (current instanceof ApiException api) {
        return api.code() == ErrorCode.UNAVAILABLE || api.code() == ErrorCode.DEADLINE_EXCEEDED;
      }
      if (current instanceof SQLException sql) {
        return rolledBack(sql) || connectionLost(sql) || poolExhausted(sql);
      }
      current = current.getCause();
    }
    return false;
  }

  /// PostgreSQL itself rolled the transaction back because of others: serialization failure,
  /// deadlock, a migration that gave a table a column.
  public static boolean rolledBack(Throwable failure) {
    SQLException sql = sqlException(failure);
    return sql != null
        && ("40001".equals(sql.getSQLState())
            || "40P01".equals(sql.getSQLState())
            || preparedBefore(sql));
  }

  /// A statement that was prepared before a column came would now return other rows than it said.
  /// That has no state of its own, only a place in the source. The driver prepares it again next
  /// time.
  private static boolean preparedBefore(SQLException sql) {
    return sql instanceof PSQLException postgres
        && "0A000".equals(sql.getSQLState())
        && postgres.getServerErrorMessage() != null
        && "RevalidateCachedQuery".equals(postgres.getServerErrorMessage().getRoutine());
  }

  /// The connection is gone or could not be made.
  public static boolean connectionLost(Throwable failure) {
    SQLException sql = sqlException(failure);
    if (sql == null) {
      return false;
    }
    String state = sql.getSQLState();
    return sql instanceof SQLTransientConnectionException
        || sql instanceof SQLNonTransientConnectionException
        || sql instanceof SQLRecoverableException
        || (state != null && (state.startsWith("08") || AWAY.contains(state)));
  }

  /// All connections stayed with others for longer than the acquisition timeout. Agroal says so by
  /// a plain SQLException without a state: "Sorry, acquisition timeout!".
  public static boolean poolExhausted(Throwable failure) {
    SQLException sql = sqlException(failure);
    return sql != null
        && sql.getSQLState() == null
        && sql.getMessage() != null
        && sql.getMessage().toLowerCase(Locale.ROOT).contains("acquisition timeout");
  }

  private static @Nullable SQLException sqlException(Throwable failure) {
    Throwable current = failure;
    for (int depth = 0; current != null && depth < DEEPEST_CAUSE; depth++) {
      if (current instanceof SQLException sql) {
        return sql;
      }
      current = current.getCause();
    }
    return null;
  }
}
