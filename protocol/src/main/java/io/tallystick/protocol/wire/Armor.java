package io.tallystick.protocol.wire;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Text armour, after RFC 7468: {@code -----BEGIN TALLYSTICK TAP TOKEN-----}, Base64 in lines of 64
 * characters, the matching {@code END} line. White space around it is allowed when reading, text
 * before or after it is not.
 */
public final class Armor {
  /** Longest content: the largest deny list inside a terminal pack, with room. */
  public static final int MAX_BYTES = 8 * 1024 * 1024;

  private static final String BEGIN = "-----BEGIN TALLYSTICK ";
  private static final String END = "-----END TALLYSTICK ";
  private static final String DASHES = "-----";

  private final FileFormat format;
  private final byte[] bytes;

  private Armor(FileFormat format, byte[] bytes) {
    this.format = format;
    this.bytes = bytes;
  }

  static String encode(FileFormat format, byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException("content is longer than " + MAX_BYTES);
    }
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return BEGIN
        + format.label()
        + DASHES
        + "\n"
        + lines.encodeToString(bytes)
        + "\n"
        + END
        + format.label()
        + DASHES
        + "\n";
  }

  /** Whether the text starts like an armour; it may still turn out malformed. */
  public static boolean looksLike(byte[] content) {
    int start = 0;
    while (start < content.length && content[start] <= ' ' && content[start] >= 0) {
      start++;
    }
    byte[] begin = BEGIN.getBytes(StandardCharsets.US_ASCII);
    return content.length - start >= begin.length
        && Arrays.equals(content, start, start + begin.length, begin, 0, begin.length);
  }

  /** Reads the one armour in the text. */
  public static Armor decode(String text) {
    requireNonNull(text, "text is null");
    if (text.length() > MAX_BYTES / 3 * 4 + MAX_BYTES / 32) {
      throw new MalformedException("armour", "is too long");
    }
    String trimmed = text.strip();
    int endOfBegin = trimmed.indexOf(DASHES, Math.min(BEGIN.length(), trimmed.length()));
    if (!trimmed.startsWith(BEGIN) || endOfBegin < 0) {
      throw new MalformedException("armour", "has no BEGIN line");
    }
    FileFormat format = formatOf(trimmed.substring(BEGIN.length(), endOfBegin));
    String end = END + format.label() + DASHES;
    int contentStart = endOfBegin + DASHES.length();
    int contentEnd = trimmed.length() - end.length();
    if (contentEnd < contentStart || !trimmed.endsWith(end)) {
      throw new MalformedException("armour", "has no END line that matches");
    }
    String content = trimmed.substring(contentStart, contentEnd).replaceAll("[ \\t\\r\\n]", "");
    try {
      return new Armor(format, Base64.getDecoder().decode(content));
    } catch (IllegalArgumentException refused) {
      throw new MalformedException("armour", "is not Base64");
    }
  }

  public FileFormat format() {
    return format;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  private static FileFormat formatOf(String label) {
    for (FileFormat format : FileFormat.values()) {
      if (format.label().equals(label)) {
        return format;
      }
    }
    throw new MalformedException("armour", "has an unknown label");
  }
}
