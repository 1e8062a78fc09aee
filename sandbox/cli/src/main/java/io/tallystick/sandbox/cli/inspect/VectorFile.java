package io.tallystick.sandbox.cli.inspect;

import io.tallystick.protocol.code.DynamicPassword;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// Test vectors of GM/T 0021 in a CSV file: `key(hex),T(decimal, used as
/// is),C(decimal),Q(ASCII),password`. Lines that are blank or begin with `#` are passed over.
record VectorFile(List<Vector> vectors) {
  private static final int MAX_LINES = 1_000_000;
  private static final int COLUMNS = 5;
  private static final Pattern PASSWORD = Pattern.compile("[0-9]{6,8}");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /// One vector; `line` counts from 1.
  record Vector(int line, byte[] key, long time, long counter, byte[] challenge, String expected) {
    Result check() {
      String computed = DynamicPassword.compute(key, time, counter, challenge, expected.length());
      return new Result(line, expected, computed, computed.equals(expected));
    }
  }

  /// What came of one vector.
  record Result(int line, String expected, String computed, boolean right) {}

  /// @throws IllegalArgumentException naming the line and the column that can't be read
  static VectorFile parse(String text) {
    List<Vector> vectors = new ArrayList<>();
    String[] lines = text.replaceFirst("^" + BYTE_ORDER_MARK, "").split("\\R", -1);
    if (lines.length > MAX_LINES) {
      throw new IllegalArgumentException("more than " + MAX_LINES + " lines");
    }
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        vectors.add(vector(i + 1, line));
      }
    }
    return new VectorFile(List.copyOf(vectors));
  }

  private static Vector vector(int number, String line) {
    String[] columns = line.split(",", -1);
    if (columns.length != COLUMNS) {
      throw new IllegalArgumentException(
          "line %d has %d columns, not %d".formatted(number, columns.length, COLUMNS));
    }
    String password = columns[4].strip();
    if (!PASSWORD.matcher(password).matches()) {
      throw new IllegalArgumentException(
          "line %d: password is not 6 to 8 digits: %s".formatted(number, password));
    }
    String column = "key";
    try {
      byte[] key = HexFormat.of().parseHex(columns[0].strip());
      if (key.length < DynamicPassword.MIN_KEY_LENGTH) {
        throw new IllegalArgumentException("is shorter than 128 bits");
      }
      column = "T";
      long time = Long.parseUnsignedLong(columns[1].strip());
      column = "C";
      long counter = Integer.toUnsignedLong(Integer.parseUnsignedInt(columns[2].strip()));
      column = "Q";
      byte[] challenge = columns[3].strip().getBytes(StandardCharsets.US_ASCII);
      Vector vector = new Vector(number, key, time, counter, challenge, password);
      vector.check();
      return vector;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "line %d: %s can't be used: %s".formatted(number, column, e.getMessage()), e);
    }
  }
}
