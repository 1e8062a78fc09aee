package io.tallystick.risk.thresholds;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One text for all files that mean the same: JSON, which is YAML too, with keys in order and no
/// space.
final class CanonicalText {
  private static final int DIGEST_BYTES = 6;

  private CanonicalText() {}

  static String of(@Nullable Object node) {
    StringBuilder text = new StringBuilder();
    write(node, text);
    return text.toString();
  }

  static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static void write(@Nullable Object node, StringBuilder text) {
    switch (node) {
      case Map<?, ?> map -> {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        text.append('{');
        sorted.forEach((key, value) -> {
          text.append(text.charAt(text.length() - 1) == '{' ? "" : ",").append(quoted(key));
          text.append(':');
          write(value, text);
        });
        text.append('}');
      }
      case List<?> list -> {
        text.append('[');
        for (int i = 0; i < list.size(); i++) {
          text.append(i == 0 ? "" : ",");
          write(list.get(i), text);
        }
        text.append(']');
      }
      // 5 and 5.0 mean the same threshold.
      case Number number -> text.append(plain(number));
      case null -> text.append("null");
      default -> text.append(quoted(node.toString()));
    }
  }

  private static String plain(Number number) {
    double value = number.doubleValue();
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
