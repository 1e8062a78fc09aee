package io.tallystick.clearing.bill.postgres;

import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.pool.DataSource;
import io.tallystick.clearing.bill.BillsConfig;
import io.tallystick.kit.database.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/// A streaming replica of the primary (PostgreSQL 18, 26.2.5), asked only for what it certainly
/// has.
///
/// A transaction that others can see on the primary has its commit record flushed to the primary's
/// log. So who takes the log's flushed position there, waits until the replica has replayed it, and
/// only then begins a snapshot, sees all that was committed before. Positions mean something within
/// one timeline only: after a failover a replica may be further on a history that is no more.
public final class PostgresReplica implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(PostgresReplica.class);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration LIFETIME = Duration.ofMinutes(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

  /// The statement itself took too long. It would on the primary, too.
  private static final String QUERY_CANCELED = "57014";

  private final DataSource dataSource;
  private final Jdbi jdbi;
  private final Duration wait;
  private final Duration rest;

  /// Since it was away or behind; null while it answers.
  private final AtomicReference<@Nullable Rest> resting = new AtomicReference<>();

  private PostgresReplica(DataSource dataSource, BillsConfig config) {
    this.dataSource = dataSource;
    this.jdbi = Database.prepare(Jdbi.create(dataSource));
    this.wait = config.replicaWait();
    this.rest = config.replicaRest();
  }

  /// Connects when it is first asked.
  public static PostgresReplica open(
      String url, String username, String password, BillsConfig config) {
    AgroalDataSourceConfigurationSupplier pool = new AgroalDataSourceConfigurationSupplier();
    pool.connectionPoolConfiguration()
        .minSize(0)
        .maxSize(config.replicaConnections())
        .acquisitionTimeout(CONNECT)
        .maxLifetime(LIFETIME)
        .exceptionSorter(new PostgreSQLExceptionSorter())
        .connectionValidator(ConnectionValidator.defaultValidator())
        .connectionFactoryConfiguration(factory -> factory(factory, url, username, password));
    return new PostgresReplica(new DataSource(pool.get()), config);
  }

  private static AgroalConnectionFactoryConfigurationSupplier factory(
      AgroalConnectionFactoryConfigurationSupplier factory,
      String url,
      String username,
      String password) {
    return factory
        .connectionProviderClass(Driver.class)
        .jdbcUrl(url)
        .principal(new NamePrincipal(username))
        .credential(new SimplePassword(password))
        .jdbcProperty("ApplicationName", "tallystick-clearing-bills")
        .jdbcProperty(
            "options",
            "-c statement_timeout=20s -c idle_in_transaction_session_timeout=30s"
                + " -c plan_cache_mode=force_generic_plan")
        .jdbcProperty("logServerErrorDetail", "false")
        .jdbcProperty("connectTimeout", Long.toString(CONNECT.toSeconds()))
        .jdbcProperty("socketTimeout", "40")
        .jdbcProperty("tcpKeepAlive", "true");
  }

  /// Whether it was away or behind a moment ago and is left alone. When the time is over one read
  /// tries it and the others go on without it: were it still away, all of them would wait.
  public boolean isResting() {
    Rest current = resting.get();
    return current != null && (!current.isOver() || !resting.compareAndSet(current, next()));
  }

  private Rest next() {
    return new Rest(System.nanoTime() + rest.toNanos());
  }

  /// Runs `work` in a read-only transaction that sees everything up to `position`, or says why it
  /// can't.
  public <T> Answer<T> read(Position position, Function<Handle, T> work) {
    try (Handle handle = jdbi.open()) {
      handle.setReadOnly(true);
      long deadline = System.nanoTime() + wait.toNanos();
      Answer<T> answer = look(handle, position, work);
      while (answer.isRefusedFor(Refusal.LAGGING) && System.nanoTime() - deadline < 0) {
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        answer = look(handle, position, work);
      }
      if (answer instanceof Answer.Refused<T> refused) {
        restAfter(refused.cause(), "");
      }
      return answer;
    } catch (JdbiException failure) {
      Refusal refusal = refusalFor(failure);
      restAfter(refusal, ", " + failure.getMessage());
      return new Answer.Refused<>(refusal);
    }
  }

  /// Looks once, and works in the same transaction if everything is there. No transaction lives
  /// from one look to the next: replay that removes rows waits for the transactions that had a
  /// snapshot when it came to them (26.4.2), so one that waited for replay would make replay wait
  /// for it.
  private <T> Answer<T> look(Handle handle, Position position, Function<Handle, T> work) {
    return handle.inTransaction(_ -> {
      Standing standing = Standing.of(handle, position);
      if (!standing.sameHistory()) {
        return new Answer.Refused<>(Refusal.OTHER_HISTORY);
      }
      if (!standing.arrived()) {
        return new Answer.Refused<>(Refusal.LAGGING);
      }
      if (resting.getAndSet(null) != null) {
        LOG.info("bills are read from the replica again");
      }
      return new Answer.Given<>(work.apply(handle));
    });
  }

  /// @throws JdbiException the failure, when it is not the replica's
  private static Refusal refusalFor(JdbiException failure) {
    String state = failure.getCause() instanceof SQLException sql ? sql.getSQLState() : null;
    if (QUERY_CANCELED.equals(state)) {
      throw failure;
    }
    // 40001: what was read is being removed by what is replayed. The next read may be luckier.
    return "40001".equals(state) ? Refusal.CANCELED : Refusal.UNREACHABLE;
  }

  private void restAfter(Refusal refusal, String detail) {
    if (refusal != Refusal.CANCELED && resting.getAndSet(next()) == null) {
      LOG.warnf(
          "bills are read from the primary, the replica is asked again every %s: %s%s",
          rest, refusal.text(), detail);
    }
  }

  @Override
  public void close() {
    dataSource.close();
  }

  private record Rest(long untilNanos) {
    boolean isOver() {
      return System.nanoTime() - untilNanos >= 0;
    }
  }

  private record Standing(boolean sameHistory, boolean arrived) {
    private static final String NOW =
        """
        SELECT pg_is_in_recovery() AS standby,
          coalesce(pg_last_wal_replay_lsn() >= :position::pg_lsn, false) AS arrived,
          (SELECT min_recovery_end_timeline FROM pg_control_recovery()) AS timeline
        """;

    static Standing of(Handle handle, Position position) {
      return handle
          .createQuery(NOW)
          .bind("position", position.flushed())
          .map((row, _) ->
              new Standing(
                  row.getBoolean("standby") && row.getInt("timeline") == position.timeline(),
                  row.getBoolean("arrived")))
          .one();
    }
  }

  /// Where the primary's log ends that survives a crash.
  ///
  /// @param flushed `16/B374D848`
  public record Position(String flushed, int timeline) {
    private static final String NOW =
        """
        SELECT flushed::text AS flushed,
          ('x' || left(pg_walfile_name(flushed), 8))::bit(32)::int AS timeline
        FROM (SELECT CASE WHEN NOT pg_is_in_recovery() THEN pg_current_wal_flush_lsn() END AS flushed) p
        WHERE flushed IS NOT NULL
        """;

    /// Nothing while the primary itself is a standby.
    public static Optional<Position> of(Handle handle) {
      return handle
          .createQuery(NOW)
          .map((row, _) -> new Position(row.getString("flushed"), row.getInt("timeline")))
          .findOne();
    }
  }

  /// What was read, or why nothing was.
  public sealed interface Answer<T> {
    /// Whether it is a refusal for this reason.
    default boolean isRefusedFor(Refusal cause) {
      return this instanceof Refused<T> refused && refused.cause() == cause;
    }

    /// @param value what the work returned
    record Given<T>(T value) implements Answer<T> {}

    /// @param cause why the primary must be asked
    record Refused<T>(Refusal cause) implements Answer<T> {}
  }

  /// Why a replica doesn't answer.
  public enum Refusal {
    /// It had not replayed enough within the time allowed.
    LAGGING,
    /// No connection, or none that worked.
    UNREACHABLE,
    /// Replay removed what was being read.
    CANCELED,
    /// It is no replica, or one of another history than the primary's.
    OTHER_HISTORY,
    /// One of these was the case a moment ago.
    RESTING;

    /// As metrics and logs name it.
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
