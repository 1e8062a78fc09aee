package io.tallystick.e2e;

import io.tallystick.sandbox.base.OnlineCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A copy of a running PostgreSQL's files, and the archive of what it wrote to its log since: what
/// `pg_basebackup` and `archive_command` make.
final class BaseBackup {
  private final Path copy;
  private final Path archive;

  private BaseBackup(Path copy, Path archive) {
    this.copy = copy;
    this.archive = archive;
  }

  /// Has a server archive its log from its next start on.
  static void archive(Connection connection, Path archive) throws SQLException, IOException {
    Files.createDirectories(archive);
    try (Statement statement = connection.createStatement()) {
      statement.execute("alter system set archive_mode = on");
      statement.execute(
          "alter system set archive_command = 'test ! -f \"%1$s/%%f\" && cp \"%%p\" \"%1$s/%%f\"'"
              .formatted(archive));
    }
  }

  /// Copies a server's files while it works.
  static BaseBackup take(Connection connection, Path copy, Path archive)
      throws SQLException, IOException {
    OnlineCopy.take(connection, copy);
    return new BaseBackup(copy, archive);
  }

  /// Gives a moment a name that a restore can stop at.
  static void name(Connection connection, String point) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_create_restore_point('" + point + "')");
    }
  }

  /// Returns when all that was written so far is in the archive.
  static void archiveAll(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String last = text(statement, "select pg_walfile_name(pg_switch_wal())");
      Eventually.holds("segment " + last + " is archived", () -> archived(statement, last));
    }
  }

  private static boolean archived(Statement statement, String segment) {
    try {
      String newest =
          text(statement, "select coalesce(last_archived_wal, '') from pg_stat_archiver");
      return newest.length() == segment.length() && newest.compareTo(segment) >= 0;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /// Puts a server's files back, in the place of what is there. At its next start it replays the
  /// archive, up to the point or to the end.
  void restore(Path data, Optional<String> point) throws IOException {
    delete(data);
    OnlineCopy.folder(copy, data);
    Files.createDirectories(data.resolve("pg_wal/archive_status"));
    Files.createFile(data.resolve("recovery.signal"));
    Files.write(
        data.resolve("postgresql.auto.conf"),
        List.of(
            "restore_command = 'cp \"%s/%%f\" \"%%p\"'".formatted(archive),
            "recovery_target_action = 'promote'",
            "recovery_target_name = '" + point.orElse("") + "'",
            // Nobody connects before it is done, and what it writes then is another history.
            "hot_standby = off",
            "archive_mode = off"),
        StandardOpenOption.APPEND);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(path -> {
            try {
              Files.delete(path);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
