package io.tallystick.sandbox.base;

import io.tallystick.sandbox.base.Stores.Login;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// PostgreSQL, given or embedded, with a database, and a role and schema for each service.
final class PostgresStore implements AutoCloseable {
  private final Path folder;
  private final @Nullable EmbeddedPostgres embedded;
  private final Login administrator;
  private final String jdbcUrl;

  private PostgresStore(
      Path folder, @Nullable EmbeddedPostgres embedded, Login administrator, String jdbcUrl) {
    this.folder = folder;
    this.embedded = embedded;
    this.administrator = administrator;
    this.jdbcUrl = jdbcUrl;
  }

  static PostgresStore open(Path folder, String database, int port, Duration startLimit) {
    return open(folder, database, port, startLimit, Stores.setting("TALLY_PG_URL"), Map.of());
  }

  /// An embedded one of its own, which takes connections by TLS only, with a password.
  static PostgresStore openWithTls(
      Path folder, String database, String addresses, DevCa.Credentials server) {
    Map<String, String> settings =
        Map.of(
            "listen_addresses",
            addresses,
            "ssl",
            "on",
            "ssl_cert_file",
            server.certificate().toAbsolutePath().toString(),
            "ssl_key_file",
            server.key().toAbsolutePath().toString());
    PostgresStore store = open(folder, database, 0, Stores.START_LIMIT, null, settings);
    try (Connection connection = connect(store.jdbcUrl, store.administrator);
        Statement statement = connection.createStatement()) {
      Files.writeString(
          folder.resolve("data/pg_hba.conf"), "hostssl all all 0.0.0.0/0 scram-sha-256\n");
      statement.execute("select pg_reload_conf()");
      return store;
    } catch (IOException | SQLException e) {
      store.close();
      throw new IllegalStateException("PostgreSQL refuses to be reached by TLS only", e);
    }
  }

  private static PostgresStore open(
      Path folder,
      String database,
      int port,
      Duration startLimit,
      @Nullable String given,
      Map<String, String> settings) {
    if (!database.matches("[a-z][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("database is not a plain identifier: " + database);
    }
    EmbeddedPostgres embedded = null;
    String maintenanceUrl = given;
    Login administrator =
        new Login(
            orElse(Stores.setting("TALLY_PG_USER"), "postgres"),
            orElse(Stores.setting("TALLY_PG_PASSWORD"), "postgres"));
    if (maintenanceUrl == null) {
      embedded = launch(folder, port, startLimit, settings);
      maintenanceUrl = "jdbc:postgresql://127.0.0.1:" + embedded.getPort() + "/postgres";
    }
    PostgresStore store =
        new PostgresStore(
            folder,
            embedded,
            administrator,
            maintenanceUrl.replaceFirst("/[^/?]*(\\?|$)", "/" + database + "$1"));
    try {
      createDatabase(maintenanceUrl, administrator, database);
      store.createSchemas();
    } catch (SQLException e) {
      store.close();
      throw new IllegalStateException("PostgreSQL refuses to make database " + database, e);
    }
    return store;
  }

  String jdbcUrl() {
    return jdbcUrl;
  }

  Login administrator() {
    return administrator;
  }

  Login login(String service) {
    return new Login(service, "sandbox-" + service);
  }

  Optional<StreamingReplica> replica(Path replicaFolder) {
    if (embedded == null) {
      return Optional.empty();
    }
    try (Connection connection = connect(jdbcUrl, administrator)) {
      return Optional.of(
          StreamingReplica.start(
              connection, embedded.getPort(), administrator, binaries(folder), replicaFolder));
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL refuses to be copied", e);
    }
  }

  @Override
  public void close() {
    if (embedded != null) {
      try {
        embedded.close();
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL did not stop", e);
      }
    }
  }

  private static EmbeddedPostgres launch(
      Path folder, int port, Duration startLimit, Map<String, String> settings) {
    Path log = folder.resolve("postgres.log");
    try {
      Files.createDirectories(folder);
      EmbeddedPostgres.Builder server = EmbeddedPostgres.builder();
      server
          .setOverrideWorkingDirectory(binaries(folder).toFile())
          .setDataDirectory(folder.resolve("data"))
          .setCleanDataDirectory(false)
          .setPort(port)
          .setPGStartupWait(startLimit)
          // Whoever opened it closes it: after the services that use it.
          .setRegisterShutdownHook(false)
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("full_page_writes", "on")
          .setServerConfig("max_connections", "200")
          .setServerConfig("shared_buffers", "128MB")
          // Here tables grow from nothing to many rows within a minute: analysed seldom, prepared
          // statements would keep the plans that were made for empty tables.
          .setServerConfig("autovacuum_naptime", "10s")
          .setServerConfig("listen_addresses", "127.0.0.1")
          .setErrorRedirector(Redirect.appendTo(log.toFile()))
          .setOutputRedirector(Redirect.appendTo(log.toFile()));
      settings.forEach(server::setServerConfig);
      return server.start();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not start; its log is " + log, e);
    }
  }

  /// Where the server's programs are unpacked; a folder that several share saves unpacking them
  /// again.
  private static Path binaries(Path folder) {
    String shared = Stores.setting("TALLY_PG_BINARIES");
    return shared == null ? folder.resolve("binaries") : Path.of(shared).toAbsolutePath();
  }

  private static void createDatabase(String url, Login administrator, String database)
      throws SQLException {
    try (Connection connection = connect(url, administrator);
        Statement statement = connection.createStatement()) {
      String wanted = "select 1 from pg_database where datname = '" + database + "'";
      if (!exists(statement, wanted)) {
        statement.execute("create database " + database);
      }
    }
  }

  private void createSchemas() throws SQLException {
    try (Connection connection = connect(jdbcUrl, administrator);
        Statement statement = connection.createStatement()) {
      for (String service : Stores.SERVICES) {
        Login login = login(service);
        String wanted = "select 1 from pg_roles where rolname = '" + service + "'";
        if (!exists(statement, wanted)) {
          statement.execute(
              "create role %s login password '%s'".formatted(service, login.password()));
        }
        statement.execute(
            "create schema if not exists %s authorization %s".formatted(service, service));
        statement.execute("alter role %s set search_path = %s".formatted(service, service));
      }
    }
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  private static Connection connect(String url, Login login) throws SQLException {
    return DriverManager.getConnection(url, login.username(), login.password());
  }

  private static String orElse(@Nullable String value, String fallback) {
    return value == null ? fallback : value;
  }
}
