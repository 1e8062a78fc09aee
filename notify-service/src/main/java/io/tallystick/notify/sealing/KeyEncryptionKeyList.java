package io.tallystick.notify.sealing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads `version:key` pairs. Error messages name a version or a position, never a key.
final class KeyEncryptionKeyList {
  private static final Pattern PAIR = Pattern.compile("([0-9]{1,5}):([0-9a-fA-F]{32})");
  private static final long MAX_FILE_BYTES = 64 * 1024;

  private KeyEncryptionKeyList() {}

  static Map<Integer, byte[]> from(KeyEncryptionConfig config) {
    if (config.keys().isPresent() == config.file().isPresent()) {
      throw new IllegalArgumentException(
          "set exactly one of tallystick.notify.key-encryption.keys and .file");
    }
    Map<Integer, byte[]> keys = parse(config.keys().orElseGet(() -> read(config.file())));
    if (!keys.containsKey(config.current())) {
      throw new IllegalArgumentException(
          "tallystick.notify.key-encryption.current names no key: " + config.current());
    }
    return keys;
  }

  static Map<Integer, byte[]> parse(String text) {
    Map<Integer, byte[]> keys = new TreeMap<>();
    String[] pairs = text.replaceAll("(?m)^\\s*#.*$", "").strip().split("[\\s,]+");
    for (int position = 1; position <= pairs.length; position++) {
      var pair = PAIR.matcher(pairs[position - 1]);
      if (!pair.matches()) {
        throw new IllegalArgumentException(
            "key-encryption key no. " + position + " is not version:32-hexadecimal-digits");
      }
      int version = Integer.parseInt(pair.group(1));
      if (keys.put(version, HexFormat.of().parseHex(pair.group(2))) != null) {
        throw new IllegalArgumentException("key-encryption key version twice: " + version);
      }
    }
    return keys;
  }

  private static String read(Optional<Path> configured) {
    Path file = configured.orElseThrow(() -> new AssertionError("one of both is set"));
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
