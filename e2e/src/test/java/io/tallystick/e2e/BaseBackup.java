package io.tallystick.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A copy of a running PostgreSQL's files, and the archive of what it wrote to its log since: what
/// `pg_basebackup` and `archive_command` make, by the server's own functions (PostgreSQL 18, 25.3.4
/// "Making a Base Backup Using the Low Level API"), because the embedded server comes without
/// `pg_basebackup`.
final class BaseBackup {
  /// What a backup leaves out; the folders themselves are wanted.
  private static final Set<String> WITHOUT_CONTENT =
      Set.of(
          "pg_wal",
          "pg_replslot",
          "pg_dynshmem",
          "pg_notify",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans");

  private static final Set<String> LEFT_OUT =
      Set.of("postmaster.pid", "postmaster.opts", "epg-lock");

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
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_backup_start('rehearsal', true)");
      copyFolder(Path.of(text(statement, "show data_directory")), copy);
      String label = text(statement, "select labelfile from pg_backup_stop()");
      Files.writeString(copy.resolve("backup_label"), label);
    }
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
    copyFolder(copy, data);
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

  private static void copyFolder(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(
                to.resolve(from.relativize(folder)),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path name = from.relativize(file);
            if (!WITHOUT_CONTENT.contains(name.getName(0).toString())
                && !LEFT_OUT.contains(name.toString())) {
              copyFile(file, to.resolve(name));
            }
            return FileVisitResult.CONTINUE;
          }

          /// A file of a table that is just being dropped.
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
  }

  private static void copyFile(Path file, Path to) throws IOException {
    try {
      Files.copy(file, to);
    } catch (NoSuchFileException gone) {
      // As in visitFileFailed.
    }
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
