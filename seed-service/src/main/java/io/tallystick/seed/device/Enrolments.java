package io.tallystick.seed.device;

import io.tallystick.kit.database.Database;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.Money;
import io.tallystick.seed.audit.SecurityEvent;
import io.tallystick.seed.audit.SecurityEventKind;
import io.tallystick.seed.audit.postgres.PostgresAuditTrail;
import io.tallystick.seed.device.grpc.ClearingAllowances;
import io.tallystick.seed.device.postgres.PostgresDeviceStore;
import io.tallystick.seed.password.PaymentPasswords;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Enrols devices, in three steps: a pending device is made under the request's key; the allowance
/// is held at clearing-service; the device goes live with its seed, and the earlier one is retired,
/// in one transaction. Whatever fails in between leaves a pending device, which can do nothing, and
/// the earlier one as it was; the same request under the same key goes on from there.
@Singleton
public class Enrolments {
  private final Database database;
  private final PaymentPasswords passwords;
  private final EnrolmentStart start;
  private final ClearingAllowances allowances;
  private final Issuance issuance;
  private final Revocations revocations;
  private final Payers payers;
  private final PostgresDeviceStore devices;
  private final PostgresAuditTrail audit;
  private final DeviceEvents events;
  private final Clock clock;

  Enrolments(
      Database database,
      PaymentPasswords passwords,
      EnrolmentStart start,
      ClearingAllowances allowances,
      Issuance issuance,
      Revocations revocations,
      Payers payers,
      PostgresDeviceStore devices,
      PostgresAuditTrail audit,
      DeviceEvents events,
      Clock clock) {
    this.database = database;
    this.passwords = passwords;
    this.start = start;
    this.allowances = allowances;
    this.issuance = issuance;
    this.revocations = revocations;
    this.payers = payers;
    this.devices = devices;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /// What is to be held for a pending device.
  ///
  /// @param released the payer's other devices, whose allowance goes back first
  private record Hold(Device device, List<DeviceId> released) {}

  public IssuedDevice enrol(EnrolmentRequest request) {
    passwords.require(request.payerId(), request.password());
    DeviceProof.require(request.publicKey(), request.message(), request.proof());
    Hold hold =
        database.inTransaction(handle -> {
          Device device = start.begin(handle, request);
          return new Hold(device, devices.released(handle, device));
        });
    if (hold.device().state() != DeviceState.PENDING) {
      return database.read(handle -> finished(handle, hold.device()));
    }
    Money held = hold(hold);
    return database.inTransaction(handle -> complete(handle, hold, held));
  }

  private Money hold(Hold hold) {
    Device device = hold.device();
    return allowances.hold("enrol:" + device.id(), device, issuance.target(), hold.released());
  }

  private IssuedDevice complete(Handle handle, Hold hold, Money held) {
    String payerId = hold.device().payerId();
    payers.lock(handle, payerId);
    Device device = devices.find(handle, payerId, hold.device().id()).orElseThrow();
    return device.state() == DeviceState.PENDING
        ? goLive(handle, device, hold.released(), held)
        : finished(handle, device);
  }

  /// The answer again, for the same request under the same key.
  private IssuedDevice finished(Handle handle, Device device) {
    return switch (device.state()) {
      case PENDING -> throw new AssertionError("a pending device is not finished");
      case ABANDONED -> throw DeviceErrors.superseded();
      case LIVE, REVOKED -> issuance.repeat(handle, device, 1);
    };
  }

  private IssuedDevice goLive(Handle handle, Device pending, List<DeviceId> released, Money held) {
    Instant now = clock.instant();
    String payerId = pending.payerId();
    devices
        .findOnly(handle, payerId, DeviceState.LIVE)
        .ifPresent(earlier ->
            revocations.revoke(
                handle,
                payerId,
                earlier.id(),
                RevocationReason.REPLACED,
                SecurityEvent.PAYER,
                "by " + pending.id()));
    devices.markReleased(handle, payerId, released);
    IssuedDevice issued = issuance.issue(handle, pending, held, now);
    events.enrolled(handle, issued.device(), now);
    audit.append(
        handle,
        SecurityEvent.ofDevice(
                SecurityEventKind.DEVICE_ENROLLED, payerId, pending.id(), SecurityEvent.PAYER)
            .with("devicePublicKey", pending.publicKey().toString())
            .with("allowance", held.toString()));
    return issued;
  }
}
