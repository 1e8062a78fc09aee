package io.tallystick.sandbox.base;

import io.tallystick.sandbox.base.Stores.Login;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// A second embedded PostgreSQL that follows the first by streaming replication, with nothing
/// between them but the connection.
public final class StreamingReplica implements AutoCloseable {
  private final EmbeddedPostgres server;

  private StreamingReplica(EmbeddedPostgres server) {
    this.server = server;
  }

  static StreamingReplica start(
      Connection primary, int primaryPort, Login administrator, Path binaries, Path folder) {
    Path data = folder.resolve("data");
    Path log = folder.resolve("postgres.log");
    try {
      OnlineCopy.take(primary, data);
      Files.createFile(data.resolve("standby.signal"));
      Files.write(
          data.resolve("postgresql.auto.conf"),
          List.of(
              "primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s'"
                  .formatted(primaryPort, administrator.username(), administrator.password())),
          StandardOpenOption.APPEND);
      return new StreamingReplica(
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(binaries.toFile())
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setPGStartupWait(Stores.START_LIMIT)
              .setRegisterShutdownHook(false)
              // No fewer than the primary's.
              .setServerConfig("max_connections", "200")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setErrorRedirector(Redirect.appendTo(log.toFile()))
              .setOutputRedirector(Redirect.appendTo(log.toFile()))
              .start());
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("the replica did not start; its log is " + log, e);
    }
  }

  /// JDBC URL of a database, without user and password, which are the primary's.
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the replica did not stop", e);
    }
  }
}
