package io.tallystick.protocol.wire;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a {@link ByteReader} read, field by field, in the order of the bytes. Give one to a parser
 * to have a format taken apart; parsers run without one otherwise.
 */
public final class FieldTrace {
  /** More fields than any format has with a bounded number of entries shown. */
  private static final int MAX_FIELDS = 20_000;

  private final List<Field> fields = new ArrayList<>();
  private boolean full;

  /**
   * One field as it stood in the input.
   *
   * @param path the structures around it, outermost first, joined by {@code /}; empty at top level
   * @param offset of its first byte from the start of the input
   * @param length in bytes
   * @param name of the field
   * @param hex its bytes, lower-case; shortened with an ellipsis beyond 64 bytes
   * @param meaning its value as a person would write it, or empty
   */
  public record Field(
      String path, int offset, int length, String name, String hex, String meaning) {
    public Field {
      requireNonNull(path, "path is null");
      requireNonNull(name, "name is null");
      requireNonNull(hex, "hex is null");
      requireNonNull(meaning, "meaning is null");
    }
  }

  /** The fields read so far. */
  public List<Field> fields() {
    return List.copyOf(fields);
  }

  void add(String path, int offset, byte[] input, int length, String name) {
    full = fields.size() >= MAX_FIELDS;
    if (!full) {
      int shown = Math.min(length, 64);
      String hex = HexFormat.of().formatHex(input, offset, offset + shown);
      fields.add(new Field(path, offset, length, name, shown < length ? hex + "…" : hex, ""));
    }
  }

  /** Makes one field of everything read from this offset on. */
  void merge(String path, int offset, byte[] input, int length, String name, String meaning) {
    fields.removeIf(field -> field.offset() >= offset);
    add(path, offset, input, length, name);
    explainLast(meaning);
  }

  void explainLast(String meaning) {
    if (!full && !fields.isEmpty()) {
      int last = fields.size() - 1;
      Field field = fields.get(last);
      fields.set(
          last,
          new Field(
              field.path(), field.offset(), field.length(), field.name(), field.hex(), meaning));
    }
  }
}
