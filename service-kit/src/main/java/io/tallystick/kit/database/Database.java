package io.tallystick.kit.database;

import static java.util.Objects.requireNonNull;

import io.agroal.api.AgroalDataSource;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.TransientFailure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.postgres.PostgresPlugin;

/// The service's database: explicit SQL in explicit transactions, blocking, on virtual threads.
///
/// A transaction is run again, up to [#ATTEMPTS] times, only when it is known not to have been
/// committed: PostgreSQL rolled it back (40001, 40P01, a plan that a migration made unfit; also
/// when COMMIT itself says so), or the connection was lost before COMMIT was sent. A connection
/// lost during COMMIT leaves the outcome unknown; that is reported as UNAVAILABLE and never run
/// again here, since only the caller's idempotency key can tell. The work must therefore have no
/// effects but those of its handle.
///
/// Transactions don't nest: a second connection wanted while holding the first is how a pool
/// deadlocks.
@Singleton
public class Database {
  /// Most times a transaction is tried.
  public static final int ATTEMPTS = 5;

  private static final Logger LOG = Logger.getLogger(Database.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);
  private static final ScopedValue<Boolean> INSIDE = ScopedValue.newInstance();

  private final Jdbi jdbi;

  @Inject
  Database(AgroalDataSource dataSource) {
    this(Jdbi.create(requireNonNull(dataSource, "dataSource is null")));
  }

  Database(Jdbi jdbi) {
    this.jdbi = prepare(jdbi);
  }

  /// Sets what holds for every connection of a service: PostgreSQL's types, and no bound values in
  /// messages.
  public static Jdbi prepare(Jdbi jdbi) {
    jdbi.installPlugin(new PostgresPlugin());
    // Bound values may be secrets; they must not appear in exception messages.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    // For unnest: the driver sends the elements by their text, which is ISO 8601.
    jdbi.registerArrayType(OffsetDateTime.class, "timestamptz");
    jdbi.registerArrayType(Instant.class, "timestamptz");
    jdbi.registerArgument(new ByteaArrays());
    return jdbi;
  }

  /// Runs `work` in a transaction at READ COMMITTED and commits; whatever `work` throws rolls back.
  public <T, X extends Exception> T inTransaction(HandleCallback<T, X> work) throws X {
    return attempt(work, false);
  }

  /// As [#inTransaction] for work without a result.
  public <X extends Exception> void useTransaction(HandleConsumer<X> work) throws X {
    attempt(
        handle -> {
          work.useHandle(handle);
          return null;
        },
        false);
  }

  /// Runs `work` in a read-only transaction at READ COMMITTED: each statement sees what was
  /// committed when it began.
  public <T, X extends Exception> T read(HandleCallback<T, X> work) throws X {
    return attempt(work, true);
  }

  /// For mappers and arguments that a service registers at start.
  public Jdbi jdbi() {
    return jdbi;
  }

  private <T, X extends Exception> T attempt(HandleCallback<T, X> work, boolean readOnly) throws X {
    if (INSIDE.isBound()) {
      throw new IllegalStateException("a transaction is open on this thread; they don't nest");
    }
    for (int attempt = 1; ; attempt++) {
      Attempt<T, X> tried = new Attempt<>(jdbi, work, readOnly);
      try {
        return ScopedValue.where(INSIDE, true).call(tried::run);
      } catch (RuntimeException failure) {
        if (attempt >= ATTEMPTS || !tried.mayRunAgain(failure)) {
          throw tried.reported(failure);
        }
        LOG.debugf("transaction is run again after: %s", failure);
        pause(attempt);
      }
    }
  }

  private static void pause(int attempt) {
    long most = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << (attempt * 2));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(1, most + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiErrors.unavailable("STOPPING", "the service is stopping", e);
    }
  }

  /// One try, which remembers how far it came.
  private static final class Attempt<T, X extends Exception> {
    private final Jdbi jdbi;
    private final HandleCallback<T, X> work;
    private final boolean readOnly;

    /// Stays set: a connection lost after COMMIT, while the handle is closed, is no reason to run
    /// the work once more.
    private boolean commitSent;

    Attempt(Jdbi jdbi, HandleCallback<T, X> work, boolean readOnly) {
      this.jdbi = jdbi;
      this.work = work;
      this.readOnly = readOnly;
    }

    T run() throws X {
      try (Handle handle = jdbi.open()) {
        if (readOnly) {
          handle.setReadOnly(true);
        }
        handle.begin();
        T result;
        try {
          result = work.withHandle(handle);
        } catch (Throwable failure) {
          rollback(handle, failure);
          throw failure;
        }
        commitSent = true;
        handle.commit();
        return result;
      }
    }

    boolean mayRunAgain(RuntimeException failure) {
      return TransientFailure.rolledBack(failure)
          || (!commitSent && TransientFailure.connectionLost(failure));
    }

    RuntimeException reported(RuntimeException failure) {
      return commitSent && TransientFailure.connectionLost(failure)
          ? ApiErrors.unavailable(
              "COMMIT_UNKNOWN", "the database went away while committing; ask again", failure)
          : failure;
    }

    private static void rollback(Handle handle, Throwable failure) {
      try {
        handle.rollback();
      } catch (RuntimeException rollbackFailure) {
        failure.addSuppressed(rollbackFailure);
      }
    }
  }
}
