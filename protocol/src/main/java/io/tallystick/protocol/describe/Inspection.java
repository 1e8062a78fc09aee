package io.tallystick.protocol.describe;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.wire.FieldTrace;
import java.util.List;
import java.util.Locale;

/**
 * A format taken apart.
 *
 * @param format in words, such as {@code TAP TOKEN} or {@code PAYMENT CODE}
 * @param length of the whole in bytes, or digits for a code
 * @param fields in the order of the bytes
 */
public record Inspection(String format, int length, List<FieldTrace.Field> fields) {
  public Inspection {
    requireNonNull(format, "format is null");
    fields = List.copyOf(fields);
  }

  /** A table for a terminal window: offset, length, field, meaning or bytes. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(format).append(", ").append(length).append('\n');
    String path = "";
    for (FieldTrace.Field field : fields) {
      if (!field.path().equals(path)) {
        path = field.path();
        text.append(path.isEmpty() ? "." : path).append('\n');
      }
      text.append(
          String.format(
              Locale.ROOT,
              "  %6d %5d  %-26s %s\n",
              field.offset(),
              field.length(),
              field.name(),
              shown(field)));
    }
    return text.toString();
  }

  private static String shown(FieldTrace.Field field) {
    return field.meaning().isEmpty() || field.meaning().equals(field.hex())
        ? field.hex()
        : field.hex() + "  " + field.meaning();
  }
}
