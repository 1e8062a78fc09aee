package io.tallystick.sandbox.bench;

import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.Seed;
import io.tallystick.protocol.crypto.Sm3;
import io.tallystick.protocol.wire.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/// The payers of a run, by number from 0: everything about one follows from its number, so that a
/// million of them take no memory.
final class BenchPayers {
  private static final long FIRST_ALIAS = 1_000_000_000L;
  private static final long FIRST_DEVICE = 0xbe00_0000_0000_0000L;

  private BenchPayers() {}

  static String payerId(int number) {
    return String.format(Locale.ROOT, "bench-%07d", number);
  }

  static String accountId(int number) {
    return "payer:" + payerId(number) + ":available:CNY";
  }

  static String accountNumber(int number) {
    return String.format(Locale.ROOT, "6200%012d", number);
  }

  static String deviceId(int number) {
    return String.format(Locale.ROOT, "%016x", FIRST_DEVICE + number);
  }

  static Alias alias(int number) {
    return new Alias(Long.toString(FIRST_ALIAS + number));
  }

  static UUID seedId(int number) {
    return new UUID(0x0198_0000_0000_7000L, 0x8000_0000_0000_0000L | number);
  }

  static Seed seed(int number) {
    byte[] name = "bench seed".getBytes(StandardCharsets.US_ASCII);
    return Seed.fromBytes(Sm3.hash(new ByteWriter().bytes(name).u32(number).toByteArray()).bytes());
  }
}
