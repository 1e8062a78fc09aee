package io.tallystick.protocol.model;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A wallet device: 8 bytes, as text 16 lower-case hex digits, ordered as unsigned numbers.
 *
 * @param bits the 8 bytes, big-endian
 */
public record DeviceId(long bits) implements Comparable<DeviceId> {
  public static final int LENGTH = 8;

  public static DeviceId generate(SecureRandom random) {
    return new DeviceId(random.nextLong());
  }

  public static DeviceId of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("device id is " + bytes.length + " bytes instead of 8");
    }
    return read(ByteReader.of(bytes), "device id");
  }

  public static DeviceId parse(String hex) {
    if (!hex.matches("[0-9a-f]{16}")) {
      throw new MalformedException("device id", "is not 16 lower-case hex digits");
    }
    return new DeviceId(HexFormat.fromHexDigitsToLong(hex));
  }

  public static DeviceId read(ByteReader in, String field) {
    DeviceId id = new DeviceId(in.i64(field));
    in.explain(id);
    return id;
  }

  public byte[] bytes() {
    return new ByteWriter().i64(bits).toByteArray();
  }

  @Override
  public int compareTo(DeviceId other) {
    return Long.compareUnsigned(bits, other.bits);
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(bits);
  }
}
