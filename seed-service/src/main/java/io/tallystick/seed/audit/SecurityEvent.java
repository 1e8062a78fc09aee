package io.tallystick.seed.audit;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.DeviceId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Something an auditor wants to know of.
///
/// @param actor who did it: `payer`, an operator's or a service's identity, `event:<id>`
/// @param details facts without secrets
public record SecurityEvent(
    SecurityEventKind kind,
    Optional<String> payerId,
    Optional<DeviceId> deviceId,
    String actor,
    Map<String, String> details) {
  public static final String PAYER = "payer";

  public SecurityEvent {
    requireNonNull(kind, "kind is null");
    requireNonNull(payerId, "payerId is null");
    requireNonNull(deviceId, "deviceId is null");
    requireNonNull(actor, "actor is null");
    details = Map.copyOf(details);
  }

  public static SecurityEvent ofPayer(SecurityEventKind kind, String payerId, String actor) {
    return new SecurityEvent(kind, Optional.of(payerId), Optional.empty(), actor, Map.of());
  }

  public static SecurityEvent ofDevice(
      SecurityEventKind kind, String payerId, DeviceId deviceId, String actor) {
    return new SecurityEvent(kind, Optional.of(payerId), Optional.of(deviceId), actor, Map.of());
  }

  public static SecurityEvent ofPlatform(SecurityEventKind kind, String actor) {
    return new SecurityEvent(kind, Optional.empty(), Optional.empty(), actor, Map.of());
  }

  public SecurityEvent with(String name, String value) {
    Map<String, String> more = new TreeMap<>(details);
    more.put(name, value);
    return new SecurityEvent(kind, payerId, deviceId, actor, more);
  }
}
