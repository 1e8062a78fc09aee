package io.tallystick.seed.device;

import io.tallystick.kit.database.Database;
import io.tallystick.kit.database.Idempotency;
import io.tallystick.kit.database.RequestDigest;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.seed.audit.SecurityEvent;
import io.tallystick.seed.device.postgres.PostgresDeviceStore;
import io.tallystick.seed.password.PaymentPassword;
import io.tallystick.seed.password.PaymentPasswords;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;

/// Lists a payer's devices, and revokes one at the payer's wish.
@Singleton
public class Devices {
  private static final int MOST_LISTED = 100;

  private final Database database;
  private final PostgresDeviceStore store;
  private final PaymentPasswords passwords;
  private final Revocations revocations;
  private final Idempotency idempotency;

  Devices(
      Database database,
      PostgresDeviceStore store,
      PaymentPasswords passwords,
      Revocations revocations,
      Idempotency idempotency) {
    this.database = database;
    this.store = store;
    this.passwords = passwords;
    this.revocations = revocations;
    this.idempotency = idempotency;
  }

  /// Live and revoked devices, newest first, at most 100.
  public List<Device> list(String payerId) {
    return database.read(handle -> store.list(handle, payerId, MOST_LISTED));
  }

  /// Live and revoked devices among these, of any payer.
  public List<Device> find(Collection<DeviceId> ids) {
    return ids.isEmpty() ? List.of() : database.read(handle -> store.findAll(handle, ids));
  }

  /// Revokes a device of the payer's own. One that was revoked before stays as it was.
  ///
  /// @throws io.tallystick.kit.error.ApiException `UNKNOWN_DEVICE`, or of the password
  public Device revoke(String payerId, String key, DeviceId id, PaymentPassword password) {
    if (database
        .read(handle -> store.find(handle, payerId, id))
        .filter(Device::isKnownOutside)
        .isEmpty()) {
      throw DeviceErrors.unknown();
    }
    passwords.require(payerId, password);
    return database.inTransaction(handle -> {
      idempotency.once(
          handle,
          "revoke:" + payerId,
          key,
          RequestDigest.of("deviceId", id),
          DeviceIdCodec.INSTANCE,
          () ->
              revocations
                  .revoke(
                      handle, payerId, id, RevocationReason.PAYER_REQUEST, SecurityEvent.PAYER, "")
                  .id());
      return store.find(handle, payerId, id).orElseThrow();
    });
  }
}
