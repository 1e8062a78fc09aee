package io.tallystick.verify.peer;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/// Instants as `google.protobuf.Timestamp` and back.
public final class Times {
  private Times() {}

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
