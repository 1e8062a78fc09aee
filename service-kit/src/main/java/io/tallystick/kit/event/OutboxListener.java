package io.tallystick.kit.event;

import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Wakes the relay on `NOTIFY`: for rows written by other connections than this service's own, and
/// for a backlog that another replica asks help with. Holds one connection of the pool.
@Singleton
class OutboxListener {
  private static final Duration LISTEN_AT_ONCE = Duration.ofSeconds(1);

  private final AgroalDataSource dataSource;
  private final RelaySignal signal;

  @Inject
  OutboxListener(AgroalDataSource dataSource, RelaySignal signal) {
    this.dataSource = dataSource;
    this.signal = signal;
  }

  /// Listens until told to stop, or until the connection fails.
  void listen(BooleanSupplier stopping) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      String channel = "outbox_" + schema(statement);
      statement.execute("listen \"" + channel + "\"");
      try {
        // What was written before we listened.
        signal.wake();
        PGConnection notified = connection.unwrap(PGConnection.class);
        while (!stopping.getAsBoolean()) {
          PGNotification[] some = notified.getNotifications((int) LISTEN_AT_ONCE.toMillis());
          if (some != null && some.length > 0) {
            signal.wake();
          }
        }
      } finally {
        statement.execute("unlisten *");
      }
    } catch (SQLException e) {
      throw new ListenFailedException(e);
    }
  }

  private static String schema(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("select current_schema()")) {
      row.next();
      return row.getString(1);
    }
  }

  /// Listening ended because the connection did.
  static final class ListenFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ListenFailedException(SQLException cause) {
      super("listening for outbox rows ended: " + cause.getMessage(), cause);
    }
  }
}
