package io.tallystick.risk.stream;

import io.tallystick.api.events.v1.DeviceEnrolled;
import io.tallystick.api.events.v1.DeviceRenewed;
import io.tallystick.kit.event.Event;
import io.tallystick.kit.event.EventHandler;
import io.tallystick.kit.event.EventStream;
import io.tallystick.kit.proto.ProtoMoney;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.risk.history.AllowanceGrant;
import io.tallystick.risk.postgres.DeviceTable;
import io.tallystick.risk.proto.Messages;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Learns when a device was enrolled and what allowances it was given.
@Singleton
public class DevicesHandler implements EventHandler {
  private static final String ENROLLED = DeviceEnrolled.getDescriptor().getName();
  private static final String RENEWED = DeviceRenewed.getDescriptor().getName();

  @Override
  public EventStream stream() {
    return EventStream.DEVICES;
  }

  @Override
  public Set<String> types() {
    return Set.of(ENROLLED, RENEWED);
  }

  @Override
  public void handle(Handle handle, Event event) {
    if (event.type().equals(ENROLLED)) {
      DeviceEnrolled enrolled = event.as(DeviceEnrolled.parser());
      DeviceId device = Messages.deviceId(enrolled.getDeviceId());
      Instant at = Messages.instant(enrolled.getEnrolledAt(), "enrolled_at");
      DeviceTable.enrolled(handle, enrolled.getPayerId(), device, at);
      grant(handle, enrolled.getPayerId(), device, at, enrolled.getAllowance());
    } else {
      DeviceRenewed renewed = event.as(DeviceRenewed.parser());
      DeviceId device = Messages.deviceId(renewed.getDeviceId());
      Instant at = Messages.instant(renewed.getRenewedAt(), "renewed_at");
      grant(handle, renewed.getPayerId(), device, at, renewed.getAllowance());
    }
  }

  private static void grant(
      Handle handle,
      String payerId,
      DeviceId device,
      Instant at,
      io.tallystick.api.common.v1.Money allowance) {
    DeviceTable.granted(
        handle, payerId, device, new AllowanceGrant(at, ProtoMoney.from(allowance)));
  }
}
