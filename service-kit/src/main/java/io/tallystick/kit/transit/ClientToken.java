package io.tallystick.kit.transit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// The token that a call is made with, or none where an agent adds its own.
///
/// It is a text because HTTP headers are; it lives for one call.
record ClientToken(Optional<String> value) {
  private static final int MAX_BYTES = 8 * 1024;
  private static final Pattern TEXT = Pattern.compile("[\\x21-\\x7e]+");
  static final ClientToken NONE = new ClientToken(Optional.empty());

  static ClientToken read(Path file) {
    byte[] content;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new TransitException("the file of the transit engine's token is too large: " + file);
      }
      content = Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new TransitException("the file of the transit engine's token can't be read: " + file);
    }
    String token = new String(content, StandardCharsets.ISO_8859_1).strip();
    if (!TEXT.matcher(token).matches()) {
      // The client would refuse such a header, and quote it.
      throw new TransitException("the file of the transit engine's token has none: " + file);
    }
    return new ClientToken(Optional.of(token));
  }

  /// A text from elsewhere, fit for a message: one line, not long, without the token.
  String censor(String text) {
    String without = value.map(token -> text.replace(token, "(the token)")).orElse(text);
    String printable = without.replaceAll("[^\\x20-\\x7e]", "?");
    int longest = 200;
    return printable.length() <= longest ? printable : printable.substring(0, longest) + "…";
  }

  @Override
  public String toString() {
    return "ClientToken[" + (value.isPresent() ? "given" : "none") + "]";
  }
}
