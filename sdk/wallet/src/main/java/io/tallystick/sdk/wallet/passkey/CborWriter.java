package io.tallystick.sdk.wallet.passkey;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The few forms of CBOR (RFC 8949) that WebAuthn needs, each in its shortest encoding. Map keys are
 * written in the order given; CTAP2 wants them sorted, which is the caller's part.
 */
final class CborWriter {
  private static final int UNSIGNED = 0;
  private static final int NEGATIVE = 1;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int MAP = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  CborWriter map(int pairs) {
    return head(MAP, pairs);
  }

  CborWriter integer(int value) {
    return value >= 0 ? head(UNSIGNED, value) : head(NEGATIVE, -1 - value);
  }

  CborWriter bytes(byte[] value) {
    head(BYTES, value.length);
    out.writeBytes(value);
    return this;
  }

  CborWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    head(TEXT, utf8.length);
    out.writeBytes(utf8);
    return this;
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }

  private CborWriter head(int major, int argument) {
    int type = major << 5;
    if (argument < 24) {
      out.write(type | argument);
    } else if (argument < 0x100) {
      out.write(type | 24);
      out.write(argument);
    } else if (argument < 0x1_0000) {
      out.write(type | 25);
      out.write(argument >>> 8);
      out.write(argument);
    } else {
      out.write(type | 26);
      out.write(argument >>> 24);
      out.write(argument >>> 16);
      out.write(argument >>> 8);
      out.write(argument);
    }
    return this;
  }
}
