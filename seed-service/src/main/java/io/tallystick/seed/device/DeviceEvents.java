package io.tallystick.seed.device;

import io.tallystick.api.events.v1.DeviceEnrolled;
import io.tallystick.api.events.v1.DeviceRenewed;
import io.tallystick.api.events.v1.DeviceRevoked;
import io.tallystick.kit.event.EventStream;
import io.tallystick.kit.event.Outbox;
import io.tallystick.kit.proto.ProtoMoney;
import io.tallystick.kit.proto.ProtoTime;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// Tells the other services, on stream `devices`, in the transaction of the effect.
@Singleton
class DeviceEvents {
  private final Outbox outbox;

  DeviceEvents(Outbox outbox) {
    this.outbox = outbox;
  }

  void enrolled(Handle handle, Device device, Instant now) {
    outbox.append(
        handle,
        EventStream.DEVICES,
        device.payerId(),
        DeviceEnrolled.newBuilder()
            .setPayerId(device.payerId())
            .setDeviceId(device.id().toString())
            .setAccountNumber(device.account().value())
            .setAllowance(ProtoMoney.of(device.allowance()))
            .setEnrolledAt(ProtoTime.of(now))
            .build());
  }

  void renewed(Handle handle, Device device, Instant now) {
    outbox.append(
        handle,
        EventStream.DEVICES,
        device.payerId(),
        DeviceRenewed.newBuilder()
            .setPayerId(device.payerId())
            .setDeviceId(device.id().toString())
            .setAllowance(ProtoMoney.of(device.allowance()))
            .setRenewedAt(ProtoTime.of(now))
            .build());
  }

  void revoked(Handle handle, Device device, RevocationReason reason, Instant now) {
    outbox.append(
        handle,
        EventStream.DEVICES,
        device.payerId(),
        DeviceRevoked.newBuilder()
            .setPayerId(device.payerId())
            .setDeviceId(device.id().toString())
            .setReason(reason.text())
            .setRevokedAt(ProtoTime.of(now))
            .build());
  }
}
