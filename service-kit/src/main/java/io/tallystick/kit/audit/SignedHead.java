package io.tallystick.kit.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// The state of a chain at a moment, signed by the service.
///
/// @param sequence of the last segment
/// @param digest of the chain, 32 bytes
/// @param certificate of the signing key, DER
record SignedHead(
    String log,
    long sequence,
    byte[] digest,
    Instant signedAt,
    byte[] certificate,
    byte[] signature) {
  private static final byte[] LABEL = "tallystick.audit.head/1".getBytes(StandardCharsets.US_ASCII);

  /// What is signed.
  static byte[] statement(String log, long sequence, byte[] digest, Instant signedAt) {
    byte[] name = log.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(
            LABEL.length + Integer.BYTES + name.length + 2 * Long.BYTES + digest.length)
        .put(LABEL)
        .putInt(name.length)
        .put(name)
        .putLong(sequence)
        .putLong(signedAt.toEpochMilli())
        .put(digest)
        .array();
  }

  byte[] statement() {
    return statement(log, sequence, digest, signedAt);
  }
}
