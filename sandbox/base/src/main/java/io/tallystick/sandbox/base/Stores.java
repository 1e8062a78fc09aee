package io.tallystick.sandbox.base;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// PostgreSQL 18 and Redis 6.2: given ones where the environment names them, embedded ones
/// otherwise.
///
/// Addresses are taken from a system property or else the environment variable of the same name:
/// `TALLY_PG_URL` (JDBC URL of a database whose user may create databases and roles),
/// `TALLY_PG_USER`, `TALLY_PG_PASSWORD`, `TALLY_REDIS_URL`; and `TALLY_PG_BINARIES`, a folder in
/// which the embedded server's programs are kept unpacked. Embedded stores keep all their files
/// under the folder given, write through to disk, start within a limit and run until they are
/// closed.
///
/// Each service has a role of its own name and one schema, also of its name, which only it may use;
/// the role's `search_path` is that schema.
public final class Stores implements AutoCloseable {
  /// The services that have a schema.
  public static final List<String> SERVICES =
      List.of("seed", "verify", "clearing", "risk", "notify");

  /// The database that holds the schemas.
  public static final String DATABASE = "tallystick";

  static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final PostgresStore postgres;
  private final @Nullable RedisStore embeddedRedis;
  private final String redisUrl;

  private Stores(PostgresStore postgres, @Nullable RedisStore embeddedRedis, String redisUrl) {
    this.postgres = postgres;
    this.embeddedRedis = embeddedRedis;
    this.redisUrl = redisUrl;
  }

  /// Opens both stores and prepares database [#DATABASE]; what exists already is kept.
  public static Stores open(Path folder) {
    return open(folder, DATABASE);
  }

  /// As [#open(Path)] with another database name, so that tests can share a server.
  public static Stores open(Path folder, String database) {
    return open(folder, database, 0, 0);
  }

  /// @param postgresPort port of an embedded PostgreSQL, 0 for a free one
  /// @param redisPort port of an embedded Redis, 0 for a free one
  public static Stores open(Path folder, String database, int postgresPort, int redisPort) {
    requireNonNull(folder, "folder is null");
    PostgresStore postgres =
        PostgresStore.open(folder.resolve("postgres"), database, postgresPort, START_LIMIT);
    String given = setting("TALLY_REDIS_URL");
    if (given != null) {
      return new Stores(postgres, null, given);
    }
    try {
      RedisStore redis = RedisStore.start(folder.resolve("redis"), redisPort);
      return new Stores(postgres, redis, redis.url());
    } catch (RuntimeException failure) {
      postgres.close();
      throw failure;
    }
  }

  /// JDBC URL of the database with the schemas, without user and password.
  public String jdbcUrl() {
    return postgres.jdbcUrl();
  }

  /// Role of a service, with its password.
  public Login login(String service) {
    if (!SERVICES.contains(service)) {
      throw new IllegalArgumentException("service is unknown: " + service);
    }
    return postgres.login(service);
  }

  /// Role that made the database: for looking into any schema.
  public Login administrator() {
    return postgres.administrator();
  }

  /// Starts a streaming replica of the embedded PostgreSQL, with its files in a folder of its own;
  /// none of a server that was given.
  public Optional<StreamingReplica> replica(Path folder) {
    return postgres.replica(folder);
  }

  public String redisUrl() {
    return redisUrl;
  }

  /// The embedded Redis, to be stopped and started by tests of losing it; null when one was given.
  public @Nullable RedisStore embeddedRedis() {
    return embeddedRedis;
  }

  /// A database role; its password isn't printed.
  public record Login(String username, String password) {
    @Override
    public String toString() {
      return "Login[" + username + "]";
    }
  }

  @Override
  public void close() {
    if (embeddedRedis != null) {
      embeddedRedis.close();
    }
    postgres.close();
  }

  static @Nullable String setting(String name) {
    String property = System.getProperty(name);
    String value = property != null ? property : System.getenv(name);
    return value == null || value.isBlank() ? null : value;
  }
}
