package io.tallystick.seed.sealing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// Reads `version:key` pairs. Error messages name a version or a position, never a key.
final class KeyEncryptionKeyList {
  private static final int KEY_LENGTH = 16;
  private static final long MAX_FILE_BYTES = 64 * 1024;

  private KeyEncryptionKeyList() {}

  static Map<Integer, byte[]> from(KeyEncryptionConfig config) {
    if (config.keys().isPresent() == config.file().isPresent()) {
      throw new IllegalArgumentException(
          "set exactly one of tallystick.seed.key-encryption.keys and .file");
    }
    Map<Integer, byte[]> keys = parse(config.keys().orElseGet(() -> read(config.file().get())));
    if (!keys.containsKey(config.current())) {
      throw new IllegalArgumentException(
          "tallystick.seed.key-encryption.current names no key: " + config.current());
    }
    return keys;
  }

  static Map<Integer, byte[]> parse(String text) {
    Map<Integer, byte[]> keys = new TreeMap<>();
    String[] pairs = text.replaceAll("(?m)^\\s*#.*$", "").strip().split("[\\s,]+");
    for (int position = 1; position <= pairs.length; position++) {
      String pair = pairs[position - 1];
      if (!pair.matches("[0-9]{1,5}:[0-9a-fA-F]{" + 2 * KEY_LENGTH + "}")) {
        throw new IllegalArgumentException(
            "key-encryption key no. " + position + " is not version:32-hexadecimal-digits");
      }
      int version = Integer.parseInt(pair.substring(0, pair.indexOf(':')));
      byte[] key = HexFormat.of().parseHex(pair.substring(pair.indexOf(':') + 1));
      if (keys.put(version, key) != null) {
        throw new IllegalArgumentException("key-encryption key version twice: " + version);
      }
    }
    return keys;
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IllegalArgumentException("key-encryption key file is too large: " + file);
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("key-encryption key file cannot be read: " + file, e);
    }
  }
}
