package io.tallystick.risk.proto;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.tallystick.api.common.v1.Reason;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.risk.observation.Place;
import io.tallystick.risk.rule.Finding;
import io.tallystick.risk.rule.Judgement;
import java.time.Instant;
import java.util.List;

/// Common messages.
public final class Messages {
  private Messages() {}

  /// @throws IllegalArgumentException when it is not from 0001 to 9999
  public static Instant instant(Timestamp timestamp, String field) {
    if (!Timestamps.isValid(timestamp)) {
      throw new IllegalArgumentException(field + " is no time: " + timestamp.getSeconds() + " s");
    }
    return ProtoTime.from(timestamp);
  }

  /// @throws IllegalArgumentException when it is not 16 lower-case hexadecimal digits
  public static DeviceId deviceId(String hex) {
    try {
      return DeviceId.parse(hex);
    } catch (MalformedException e) {
      throw new IllegalArgumentException("device_id is malformed: " + hex, e);
    }
  }

  /// @throws IllegalArgumentException when it is not 24 lower-case hexadecimal digits
  public static TokenSerial serial(String hex) {
    try {
      return TokenSerial.parse(hex);
    } catch (MalformedException e) {
      throw new IllegalArgumentException("serial is malformed: " + hex, e);
    }
  }

  public static Place place(io.tallystick.api.common.v1.Place place) {
    return Place.of(place.getLatitudeDegrees(), place.getLongitudeDegrees());
  }

  /// All reasons, gravest first.
  public static List<Reason> reasons(Judgement judgement) {
    return judgement.reasons().stream().map(Messages::reason).toList();
  }

  private static Reason reason(Finding finding) {
    return Reason.newBuilder()
        .setRule(finding.rule().wire())
        .setExplanation(finding.explanation())
        .putAllInputs(finding.inputs())
        .putAllThresholds(finding.thresholds())
        .addAllPaymentIds(finding.paymentIds())
        .build();
  }
}
