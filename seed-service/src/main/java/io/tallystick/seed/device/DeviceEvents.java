package io.tallystick.seed.device;

import com.google.protobuf.Timestamp;
import io.tallystick.api.common.v1.Money;
import io.tallystick.api.events.v1.DeviceEnrolled;
import io.tallystick.api.events.v1.DeviceRenewed;
import io.tallystick.api.events.v1.DeviceRevoked;
import io.tallystick.kit.event.EventStream;
import io.tallystick.kit.event.Outbox;
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
            .setAllowance(money(device))
            .setEnrolledAt(timestamp(now))
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
            .setAllowance(money(device))
            .setRenewedAt(timestamp(now))
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
            .setRevokedAt(timestamp(now))
            .build());
  }

  private static Money money(Device device) {
    return Money.newBuilder()
        .setAmountMinor(device.allowance().amountMinor())
        .setCurrency(device.allowance().currency())
        .build();
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
