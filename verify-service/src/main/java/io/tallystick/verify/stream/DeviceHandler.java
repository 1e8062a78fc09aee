package io.tallystick.verify.stream;

import io.tallystick.api.events.v1.DeviceRevoked;
import io.tallystick.kit.event.Event;
import io.tallystick.kit.event.EventHandler;
import io.tallystick.kit.event.EventStream;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.verify.device.postgres.PostgresRevocations;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Notes revoked devices, so that every replica refuses them from then on, whatever it remembers
/// and whether seed-service answers or not.
@Singleton
public class DeviceHandler implements EventHandler {
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
    DeviceRevoked revoked = event.as(DeviceRevoked.parser());
    PostgresRevocations.note(
        handle,
        revoked.getDeviceId(),
        revoked.getPayerId(),
        ProtoTime.from(revoked.getRevokedAt()),
        revoked.getReason());
  }
}
