package io.tallystick.sandbox.base;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/// A copy of a running PostgreSQL's files: what `pg_basebackup` makes, by the server's own
/// functions (PostgreSQL 18, 25.3.4 "Making a Base Backup Using the Low Level API"), because the
/// embedded server comes without `pg_basebackup`.
public final class OnlineCopy {
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

  private OnlineCopy() {}

  /// Copies a server's files while it works. Whoever starts from them needs the server's log from
  /// then on.
  public static void take(Connection administrator, Path copy) throws SQLException, IOException {
    try (Statement statement = administrator.createStatement()) {
      statement.execute("select pg_backup_start('copy', true)");
      folder(Path.of(text(statement, "show data_directory")), copy);
      String label = text(statement, "select labelfile from pg_backup_stop()");
      Files.writeString(copy.resolve("backup_label"), label);
    }
  }

  /// Copies a server's folder without what belongs to the process.
  public static void folder(Path from, Path to) throws IOException {
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
              file(file, to.resolve(name));
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

  private static void file(Path file, Path to) throws IOException {
    try {
      Files.copy(file, to);
    } catch (NoSuchFileException gone) {
      // As in visitFileFailed.
    }
  }

  static String text(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
