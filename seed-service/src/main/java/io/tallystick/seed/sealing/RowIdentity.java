package io.tallystick.seed.sealing;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Which row a sealed value belongs to: the associated data it is sealed with.
///
/// Each part is written with its length before it, so that no two rows give the same bytes.
///
/// @param table the table, and what in it
/// @param key the values that name the row, the payer first where there is one
public record RowIdentity(String table, List<String> key) {
  public RowIdentity {
    requireNonNull(table, "table is null");
    key = List.copyOf(key);
  }

  public static RowIdentity of(String table, String... key) {
    return new RowIdentity(table, List.of(key));
  }

  byte[] associatedData() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, "tallystick.seed/1");
    write(out, table);
    key.forEach(part -> write(out, part));
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }
}
