package io.tallystick.seed.device;

import io.tallystick.kit.database.Database;
import io.tallystick.kit.database.Idempotency;
import io.tallystick.protocol.model.Money;
import io.tallystick.seed.audit.SecurityEvent;
import io.tallystick.seed.audit.SecurityEventKind;
import io.tallystick.seed.audit.postgres.PostgresAuditTrail;
import io.tallystick.seed.device.grpc.ClearingAllowances;
import io.tallystick.seed.device.postgres.PostgresDeviceStore;
import io.tallystick.seed.password.PaymentPasswords;
import io.tallystick.seed.request.RequestConfig;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Renews devices: another seed, alias and authorisation, the allowance topped up. A renewal is one
/// step of the device's key epoch; the request's key claims the step, the allowance is held under
/// its name, and one transaction takes it. Two requests for one step at the same time get one
/// answer.
@Singleton
public class Renewals {
  private final Database database;
  private final PaymentPasswords passwords;
  private final Payers payers;
  private final Idempotency idempotency;
  private final PostgresDeviceStore devices;
  private final ClearingAllowances allowances;
  private final Issuance issuance;
  private final PostgresAuditTrail audit;
  private final DeviceEvents events;
  private final RequestConfig config;
  private final Clock clock;

  Renewals(
      Database database,
      PaymentPasswords passwords,
      Payers payers,
      Idempotency idempotency,
      PostgresDeviceStore devices,
      ClearingAllowances allowances,
      Issuance issuance,
      PostgresAuditTrail audit,
      DeviceEvents events,
      RequestConfig config,
      Clock clock) {
    this.database = database;
    this.passwords = passwords;
    this.payers = payers;
    this.idempotency = idempotency;
    this.devices = devices;
    this.allowances = allowances;
    this.issuance = issuance;
    this.audit = audit;
    this.events = events;
    this.config = config;
    this.clock = clock;
  }

  public IssuedDevice renew(RenewalRequest request) {
    Device known = database.read(handle -> live(handle, request));
    passwords.require(request.payerId(), request.password());
    DeviceProof.requireFresh(request.signedAt(), clock.instant(), config.signedAtTolerance());
    DeviceProof.require(known.publicKey(), request.message(), request.signature());
    int epoch = database.inTransaction(handle -> claim(handle, request));
    if (known.keyEpoch() >= epoch) {
      return database.read(handle -> issuance.repeat(handle, live(handle, request), epoch));
    }
    Money held =
        allowances.hold("renew:" + known.id() + ":" + epoch, known, issuance.target(), List.of());
    return database.inTransaction(handle -> complete(handle, request, epoch, held));
  }

  private int claim(Handle handle, RenewalRequest request) {
    payers.lock(handle, request.payerId());
    return idempotency.once(
        handle,
        "renew:" + request.payerId(),
        request.idempotencyKey(),
        request.digest(),
        EpochCodec.INSTANCE,
        () -> live(handle, request).keyEpoch() + 1);
  }

  private IssuedDevice complete(Handle handle, RenewalRequest request, int epoch, Money held) {
    payers.lock(handle, request.payerId());
    Device device = live(handle, request);
    if (device.keyEpoch() >= epoch) {
      return issuance.repeat(handle, device, epoch);
    }
    Instant now = clock.instant();
    IssuedDevice issued = issuance.issue(handle, device, held, now);
    events.renewed(handle, issued.device(), now);
    audit.append(
        handle,
        SecurityEvent.ofDevice(
                SecurityEventKind.DEVICE_RENEWED,
                device.payerId(),
                device.id(),
                SecurityEvent.PAYER)
            .with("keyEpoch", Integer.toString(epoch))
            .with("allowance", held.toString()));
    return issued;
  }

  private Device live(Handle handle, RenewalRequest request) {
    Device device =
        devices
            .find(handle, request.payerId(), request.deviceId())
            .filter(Device::isKnownOutside)
            .orElseThrow(DeviceErrors::unknown);
    if (!device.isLive()) {
      throw DeviceErrors.revoked();
    }
    return device;
  }
}
