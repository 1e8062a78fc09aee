package io.tallystick.sandbox.cli.inspect;

import io.tallystick.sandbox.cli.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;

/// What a file named on the command line holds: the bytes as they are, or what they spell in
/// hexadecimal or Base64.
final class InputFile {
  private static final int MAX_BYTES = 32 * 1024 * 1024;
  private static final String STANDARD_INPUT = "-";

  private InputFile() {}

  /// Reads a file, or standard input for `-`.
  ///
  /// @throws CommandFailure when it can't be read or is too long
  static byte[] read(String name) {
    try (InputStream in =
        name.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(name))) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw CommandFailure.usage(name + " is longer than " + MAX_BYTES + " bytes");
      }
      return content;
    } catch (IOException e) {
      throw CommandFailure.usage("can't read " + name + ": " + e.getMessage());
    }
  }

  /// The bytes that hexadecimal or Base64 text stands for; anything else comes back as it is.
  static byte[] unwrapText(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1).replaceAll("\\s", "");
    if (text.matches("[0-9]{20}") || text.isEmpty()) {
      return content;
    }
    if (text.length() % 2 == 0 && text.matches("[0-9A-Fa-f]+")) {
      return HexFormat.of().parseHex(text);
    }
    if (text.length() % 4 == 0 && text.matches("[A-Za-z0-9+/]+={0,2}")) {
      return Base64.getDecoder().decode(text);
    }
    return content;
  }
}
