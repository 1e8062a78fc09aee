package io.tallystick.kit.audit;

import io.tallystick.protocol.crypto.Sm3;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows that were sealed together.
///
/// @param sequence from 1
/// @param last position of its last row
/// @param digest of the chain up to and including this segment
record Segment(long sequence, Position last, List<Sealed> rows, byte[] digest) {
  static final int DIGEST_LENGTH = 32;
  private static final byte[] LABEL = "tallystick.audit/1".getBytes(StandardCharsets.US_ASCII);
  private static final int NULL_LENGTH = -1;

  /// Where a row stands in the order of sealing.
  record Position(long xid, long id) {
    static final Position START = new Position(0, 0);
  }

  /// A row as the chain knows it.
  record Sealed(long id, byte[] digest) {}

  Segment {
    rows = List.copyOf(rows);
  }

  /// SM3 of a row: each column with its length before it, so that no two rows look alike; an absent
  /// one has length −1.
  static byte[] rowDigest(List<@Nullable String> columns) {
    byte[][] parts = new byte[columns.size() * 2][];
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      byte[] text = column == null ? new byte[0] : column.getBytes(StandardCharsets.UTF_8);
      int length = column == null ? NULL_LENGTH : text.length;
      parts[2 * i] = ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
      parts[2 * i + 1] = text;
    }
    return Sm3.hash(parts).bytes();
  }

  /// SM3 over label, log, sequence, the chain so far, and the rows with their ids.
  static byte[] chainDigest(String log, long sequence, byte[] previous, List<Sealed> rows) {
    byte[] name = log.getBytes(StandardCharsets.UTF_8);
    ByteBuffer head =
        ByteBuffer.allocate(Integer.BYTES + name.length + Long.BYTES + Integer.BYTES)
            .putInt(name.length)
            .put(name)
            .putLong(sequence)
            .putInt(rows.size());
    ByteBuffer body = ByteBuffer.allocate(rows.size() * (Long.BYTES + DIGEST_LENGTH));
    rows.forEach(row -> body.putLong(row.id()).put(row.digest()));
    return Sm3.hash(LABEL, head.array(), previous, body.array()).bytes();
  }

  /// Whether the digest is that of this content after `previous`.
  boolean follows(String log, byte[] previous) {
    return Arrays.equals(digest, chainDigest(log, sequence, previous, rows));
  }
}
