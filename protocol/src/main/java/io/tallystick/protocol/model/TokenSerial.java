package io.tallystick.protocol.model;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * What makes a tap token one of a kind: {@code device id(8) ‖ counter(4)}, as text 24 lower-case
 * hex digits.
 */
public record TokenSerial(DeviceId deviceId, Counter counter) implements Comparable<TokenSerial> {
  public static final int LENGTH = DeviceId.LENGTH + Counter.LENGTH;

  private static final Comparator<TokenSerial> ORDER =
      Comparator.comparing(TokenSerial::deviceId).thenComparing(TokenSerial::counter);

  public TokenSerial {
    requireNonNull(deviceId, "deviceId is null");
    requireNonNull(counter, "counter is null");
  }

  public static TokenSerial of(DeviceId deviceId, Counter counter) {
    return new TokenSerial(deviceId, counter);
  }

  public static TokenSerial parse(String hex) {
    if (!hex.matches("[0-9a-f]{24}")) {
      throw new MalformedException("token serial", "is not 24 lower-case hex digits");
    }
    return read(ByteReader.of(HexFormat.of().parseHex(hex)), "token serial");
  }

  public static TokenSerial read(ByteReader in, String field) {
    DeviceId deviceId = DeviceId.read(in, field + " device id");
    return new TokenSerial(deviceId, Counter.read(in, field + " counter"));
  }

  public byte[] bytes() {
    return new ByteWriter().i64(deviceId.bits()).u32(counter.value()).toByteArray();
  }

  @Override
  public int compareTo(TokenSerial other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
