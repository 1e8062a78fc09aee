package io.tallystick.sandbox.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A file of key-encryption keys in an operator's hands, for tests: `version:key` lines and
/// `current:version`, replaced whole.
public final class KeyFile {
  private static final int KEY_LENGTH = 16;

  private final Path path;
  private final TreeMap<Integer, String> keys = new TreeMap<>();
  private int current;

  private KeyFile(Path path) {
    this.path = path;
  }

  /// A new file with version 1, which seals.
  public static KeyFile first(Path path) {
    KeyFile file = new KeyFile(path);
    file.use(file.add());
    return file;
  }

  public Path path() {
    return path;
  }

  public int current() {
    return current;
  }

  /// Adds a new version, which nothing is sealed with yet.
  public synchronized int add() {
    byte[] key = new byte[KEY_LENGTH];
    new SecureRandom().nextBytes(key);
    int version = keys.isEmpty() ? 1 : keys.lastKey() + 1;
    keys.put(version, HexFormat.of().formatHex(key));
    write();
    return version;
  }

  public synchronized void use(int version) {
    current = version;
    write();
  }

  /// Takes a version away; returns its line, for putting it back.
  public synchronized String remove(int version) {
    String key = keys.remove(version);
    write();
    return key;
  }

  public synchronized void putBack(int version, String key) {
    keys.put(version, key);
    write();
  }

  private void write() {
    String text =
        keys.entrySet().stream()
                .map(Map.Entry::toString)
                .map(line -> line.replace('=', ':'))
                .collect(Collectors.joining("\n"))
            + (keys.containsKey(current) ? "\ncurrent:" + current : "\ncurrent:1")
            + "\n";
    try {
      Path draft = path.resolveSibling(path.getFileName() + ".new");
      Files.writeString(draft, text);
      Files.move(draft, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
