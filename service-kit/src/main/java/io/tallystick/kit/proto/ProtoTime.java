package io.tallystick.kit.proto;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/// Instants as messages have them, and back.
public final class ProtoTime {
  private ProtoTime() {}

  public static Timestamp of(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  public static Instant from(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}
