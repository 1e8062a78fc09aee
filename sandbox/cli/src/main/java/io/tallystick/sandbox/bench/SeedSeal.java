package io.tallystick.sandbox.bench;

import io.tallystick.protocol.crypto.KeyEncryptionKeys;
import io.tallystick.protocol.crypto.SealedBytes;
import io.tallystick.protocol.wire.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/// Seals and opens secrets as seed-service stores them, so that a population of any size can be
/// loaded in bulk.
///
/// The associated data names the row: each part with its length before it, the domain first.
final class SeedSeal {
  static final int KEY_VERSION = 1;

  private static final String DOMAIN = "tallystick.seed/1";

  private final KeyEncryptionKeys keys;
  private final SecureRandom random = new SecureRandom();

  SeedSeal(byte[] keyEncryptionKey) {
    this.keys = KeyEncryptionKeys.of(KEY_VERSION, Map.of(KEY_VERSION, keyEncryptionKey));
  }

  byte[] seal(byte[] secret, String... row) {
    return keys.seal(secret, associatedData(row), random).bytes();
  }

  byte[] open(byte[] sealed, String... row) {
    return keys.open(SealedBytes.parse(sealed), associatedData(row))
        .orElseThrow(
            () -> new IllegalStateException("a sealed value of seed-service does not open"));
  }

  private static byte[] associatedData(String... row) {
    ByteWriter out = new ByteWriter();
    write(out, DOMAIN);
    List.of(row).forEach(part -> write(out, part));
    return out.toByteArray();
  }

  private static void write(ByteWriter out, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    out.u32(bytes.length).bytes(bytes);
  }
}
