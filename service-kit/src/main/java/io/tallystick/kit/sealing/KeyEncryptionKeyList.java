package io.tallystick.kit.sealing;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.pkcs11.TokenException;
import io.tallystick.kit.transit.TransitException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keys by version, as configured. Error messages name a version or a position, never a key.
///
/// @param current the version to seal with; one of the keys
/// @param keys 16 bytes each; not copied, because whoever reads them erases them
public record KeyEncryptionKeyList(int current, Map<Integer, byte[]> keys) {
  private static final Pattern PAIR = Pattern.compile("([0-9]{1,5}):(\\S+)");
  private static final Pattern BARE = Pattern.compile("[0-9a-fA-F]{32}");
  private static final Pattern CURRENT = Pattern.compile("current:([0-9]{1,5})");
  private static final int LARGEST_VERSION = 0xFFFF;
  private static final long MAX_FILE_BYTES = 64 * 1024;

  public KeyEncryptionKeyList {
    requireNonNull(keys, "keys is null");
    if (!keys.containsKey(current)) {
      throw new IllegalArgumentException("the current key-encryption key is missing: " + current);
    }
  }

  /// @param prefix of the configuration, for messages
  /// @throws IllegalArgumentException naming what is wrong
  /// @throws UncheckedIOException when the file can't be read
  /// @throws TokenException when a key stands wrapped and the token can't be asked
  /// @throws TransitException when a key stands wrapped and the transit engine can't be asked
  static KeyEncryptionKeyList from(
      String prefix, KeyEncryptionSource source, KeyUnwrapping unwrapping) {
    if (source.keys().isPresent() == source.file().isPresent()) {
      throw new IllegalArgumentException("set exactly one of " + prefix + ".keys and .file");
    }
    KeyEncryptionKeyList list =
        parse(
            source.keys().orElseGet(() -> read(source.file().orElseThrow())),
            source.current(),
            unwrapping);
    unwrapping.keepOnly(list.keys().keySet());
    return list;
  }

  /// Keys that stand bare.
  ///
  /// @param fallback the current version when the text does not name it
  public static KeyEncryptionKeyList parse(String text, OptionalInt fallback) {
    return parse(text, fallback, new KeyUnwrapping.Nobody("key-encryption"));
  }

  static KeyEncryptionKeyList parse(String text, OptionalInt fallback, KeyUnwrapping unwrapping) {
    Map<Integer, byte[]> keys = new TreeMap<>();
    OptionalInt current = OptionalInt.empty();
    String[] entries = text.replaceAll("(?m)^\\s*#.*$", "").strip().split("[\\s,]+");
    for (int position = 1; position <= entries.length; position++) {
      String entry = entries[position - 1];
      Matcher marker = CURRENT.matcher(entry);
      if (marker.matches() && current.isEmpty()) {
        current = OptionalInt.of(Integer.parseInt(marker.group(1)));
      } else {
        addPair(keys, entry, position, unwrapping);
      }
    }
    int chosen =
        current.orElseGet(() ->
            fallback.orElseThrow(
                () -> new IllegalArgumentException("no current key-encryption key is named")));
    return new KeyEncryptionKeyList(chosen, keys);
  }

  private static void addPair(
      Map<Integer, byte[]> keys, String entry, int position, KeyUnwrapping unwrapping) {
    Matcher pair = PAIR.matcher(entry);
    boolean bare = pair.matches() && BARE.matcher(pair.group(2)).matches();
    if (!bare && !(pair.matches() && WrappedKey.is(pair.group(2)))) {
      throw new IllegalArgumentException(
          "key-encryption key no. "
              + position
              + " is none of version:32-hexadecimal-digits, version:pkcs11:iv:sealed and"
              + " version:vault:vN:base64");
    }
    int version = Integer.parseInt(pair.group(1));
    if (version > LARGEST_VERSION) {
      throw new IllegalArgumentException("key-encryption key version is too high: " + version);
    }
    if (keys.containsKey(version)) {
      throw new IllegalArgumentException("key-encryption key version twice: " + version);
    }
    keys.put(
        version,
        bare
            ? bareKey(version, pair.group(2), unwrapping)
            : unwrapping.unwrap(WrappedKey.parse(version, pair.group(2))));
  }

  private static byte[] bareKey(int version, String digits, KeyUnwrapping unwrapping) {
    if (!unwrapping.takesBareKeys()) {
      throw new IllegalArgumentException(
          "key-encryption key version "
              + version
              + " is not wrapped, and bare-keys-allowed is not set");
    }
    return HexFormat.of().parseHex(digits);
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

  @Override
  public String toString() {
    return "KeyEncryptionKeyList[current " + current + ", versions " + keys.keySet() + "]";
  }
}
