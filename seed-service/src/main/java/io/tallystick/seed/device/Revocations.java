package io.tallystick.seed.device;

import io.tallystick.kit.database.Database;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.seed.audit.SecurityEvent;
import io.tallystick.seed.audit.SecurityEventKind;
import io.tallystick.seed.audit.postgres.PostgresAuditTrail;
import io.tallystick.seed.denylist.postgres.PostgresDenyStore;
import io.tallystick.seed.device.postgres.PostgresDeviceStore;
import io.tallystick.seed.device.postgres.PostgresSeedStore;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// Revokes devices: in one transaction the device is revoked, its seed wiped, the device put on the
/// deny list until its authorisation would have ended, and everyone told.
@Singleton
public class Revocations {
  private final Database database;
  private final Payers payers;
  private final PostgresDeviceStore devices;
  private final PostgresSeedStore seeds;
  private final PostgresDenyStore denied;
  private final PostgresAuditTrail audit;
  private final DeviceEvents events;
  private final Clock clock;

  Revocations(
      Database database,
      Payers payers,
      PostgresDeviceStore devices,
      PostgresSeedStore seeds,
      PostgresDenyStore denied,
      PostgresAuditTrail audit,
      DeviceEvents events,
      Clock clock) {
    this.database = database;
    this.payers = payers;
    this.devices = devices;
    this.seeds = seeds;
    this.denied = denied;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /// Revokes a device of any payer, for an operator. One that was revoked before stays as it was.
  ///
  /// @param note why, in the operator's words, for the audit trail
  /// @throws io.tallystick.kit.error.ApiException `UNKNOWN_DEVICE`
  public Device byOperator(DeviceId id, String note, String actor) {
    return database.inTransaction(handle -> {
      String payerId = devices.owner(handle, id).orElseThrow(DeviceErrors::unknown);
      return revoke(handle, payerId, id, RevocationReason.OPERATOR, actor, note);
    });
  }

  /// Revokes a payer's device within the caller's transaction. One that was revoked before stays as
  /// it was.
  ///
  /// @param note for the audit trail; may be empty
  /// @throws io.tallystick.kit.error.ApiException `UNKNOWN_DEVICE`
  public Device revoke(
      Handle handle,
      String payerId,
      DeviceId id,
      RevocationReason reason,
      String actor,
      String note) {
    payers.lock(handle, payerId);
    Device device =
        devices
            .find(handle, payerId, id)
            .filter(Device::isKnownOutside)
            .orElseThrow(DeviceErrors::unknown);
    if (!device.isLive()) {
      return device;
    }
    Instant now = clock.instant();
    devices.revoke(handle, device, reason, now);
    seeds.retire(handle, payerId, id, now);
    denied.add(handle, payerId, id, reason.text(), device.expiresAt().orElseThrow(), now);
    events.revoked(handle, device, reason, now);
    audit.append(
        handle,
        SecurityEvent.ofDevice(SecurityEventKind.DEVICE_REVOKED, payerId, id, actor)
            .with("reason", reason.text())
            .with("note", note));
    return devices.find(handle, payerId, id).orElseThrow();
  }
}
