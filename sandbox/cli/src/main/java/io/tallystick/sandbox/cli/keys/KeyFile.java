package io.tallystick.sandbox.cli.keys;

import io.tallystick.sandbox.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// A file of key-encryption keys: `version:key` lines, bare or wrapped, and `current:version`.
/// Comments stay; the file is replaced whole, so that no service reads half of it.
final class KeyFile {
  private static final int KEY_LENGTH = 16;
  private static final String CURRENT = "current:";

  private final Path file;
  private final List<String> lines;

  private KeyFile(Path file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  static KeyFile read(Path file) {
    try {
      return new KeyFile(file, new ArrayList<>(Files.readAllLines(file)));
    } catch (IOException unreadable) {
      throw CommandFailure.usage("can't read " + file + ": " + unreadable.getMessage());
    }
  }

  int[] versions() {
    return lines.stream()
        .filter(line -> line.matches("[0-9]{1,5}:.*"))
        .mapToInt(line -> Integer.parseInt(line.substring(0, line.indexOf(':'))))
        .toArray();
  }

  OptionalInt current() {
    return lines.stream()
        .filter(line -> line.matches("current:[0-9]{1,5}"))
        .mapToInt(line -> Integer.parseInt(line.substring(CURRENT.length())))
        .findFirst();
  }

  /// How a key stands behind its version.
  @FunctionalInterface
  interface Form {
    Form BARE = (_, key) -> HexFormat.of().formatHex(key);

    String of(int version, byte[] key);
  }

  /// Adds a random key under the next version, which nothing uses yet.
  int add(Form form) {
    byte[] key = new byte[KEY_LENGTH];
    new SecureRandom().nextBytes(key);
    int version = IntStream.of(versions()).max().orElse(0) + 1;
    lines.add(version + ":" + form.of(version, key));
    Arrays.fill(key, (byte) 0);
    return version;
  }

  void use(int version) {
    requireHas(version);
    lines.removeIf(line -> line.startsWith(CURRENT));
    lines.add(CURRENT + version);
  }

  void remove(int version) {
    requireHas(version);
    if (current().isPresent() && current().getAsInt() == version) {
      throw CommandFailure.usage("version " + version + " is the current one");
    }
    lines.removeIf(line -> line.startsWith(version + ":"));
  }

  private void requireHas(int version) {
    if (IntStream.of(versions()).noneMatch(known -> known == version)) {
      throw CommandFailure.usage(file + " has no version " + version);
    }
  }

  void write() {
    try {
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(draft);
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(draft, lines);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw CommandFailure.usage("can't write " + file + ": " + failed.getMessage());
    }
  }
}
