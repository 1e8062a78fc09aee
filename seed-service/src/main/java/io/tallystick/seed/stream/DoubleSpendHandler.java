package io.tallystick.seed.stream;

import io.tallystick.api.events.v1.TapConflict;
import io.tallystick.kit.event.Event;
import io.tallystick.kit.event.EventHandler;
import io.tallystick.kit.event.EventStream;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.seed.audit.SecurityEvent;
import io.tallystick.seed.audit.SecurityEventKind;
import io.tallystick.seed.audit.postgres.PostgresAuditTrail;
import io.tallystick.seed.device.Device;
import io.tallystick.seed.device.RevocationReason;
import io.tallystick.seed.device.Revocations;
import io.tallystick.seed.device.postgres.PostgresDeviceStore;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Revokes a device of which verify-service has proof that it signed two tokens with one serial.
/// Each proof is noted in the audit trail; the device is revoked once.
@Singleton
class DoubleSpendHandler implements EventHandler {
  private final PostgresDeviceStore devices;
  private final Revocations revocations;
  private final PostgresAuditTrail audit;

  DoubleSpendHandler(
      PostgresDeviceStore devices, Revocations revocations, PostgresAuditTrail audit) {
    this.devices = devices;
    this.revocations = revocations;
    this.audit = audit;
  }

  @Override
  public EventStream stream() {
    return EventStream.TOKENS;
  }

  @Override
  public Set<String> types() {
    return Set.of(TapConflict.getDescriptor().getName());
  }

  @Override
  public void handle(Handle handle, Event event) {
    TapConflict conflict = event.as(TapConflict.parser());
    DeviceId id = DeviceId.parse(conflict.getDeviceId());
    String actor = "event:" + event.id();
    Optional<Device> device =
        devices
            .owner(handle, id)
            .flatMap(payerId -> devices.find(handle, payerId, id))
            .filter(Device::isKnownOutside);
    audit.append(
        handle,
        new SecurityEvent(
                SecurityEventKind.DOUBLE_SPEND,
                device.map(Device::payerId),
                Optional.of(id),
                actor,
                Map.of())
            .with("serial", conflict.getSerial())
            .with("evidenceId", conflict.getEvidenceId())
            .with("deviceKnown", Boolean.toString(device.isPresent())));
    device.ifPresent(known ->
        revocations.revoke(
            handle,
            known.payerId(),
            id,
            RevocationReason.DOUBLE_SPEND,
            actor,
            "evidence " + conflict.getEvidenceId()));
  }
}
