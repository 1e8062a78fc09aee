package io.tallystick.clearing.allowance.stream;

import io.tallystick.api.events.v1.DeviceRevoked;
import io.tallystick.clearing.allowance.AllowanceService;
import io.tallystick.clearing.allowance.AllowanceService.EndedDevice;
import io.tallystick.clearing.allowance.postgres.PostgresAllowances.DeviceKey;
import io.tallystick.clearing.payment.ProtoValues;
import io.tallystick.kit.event.Event;
import io.tallystick.kit.event.EventHandler;
import io.tallystick.kit.event.EventStream;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Notes devices that may no longer pay.
@Singleton
public class DeviceHandler implements EventHandler {
  private final AllowanceService allowances;

  DeviceHandler(AllowanceService allowances) {
    this.allowances = allowances;
  }

  @Override
  public EventStream stream() {
    return EventStream.DEVICES;
  }

  @Override
  public Set<String> types() {
    return Set.of(DeviceRevoked.getDescriptor().getName());
  }

  @Override
  public void handle(Handle handle, Event event) {
    handleBatch(handle, List.of(event));
  }

  @Override
  public void handleBatch(Handle handle, List<Event> events) {
    allowances.devicesEnded(
        handle, events.stream().map(e -> ended(e.as(DeviceRevoked.parser()))).toList());
  }

  private static EndedDevice ended(DeviceRevoked revoked) {
    return new EndedDevice(
        new DeviceKey(revoked.getPayerId(), revoked.getDeviceId()),
        revoked.getReason(),
        ProtoValues.instant(revoked.getRevokedAt()));
  }
}
