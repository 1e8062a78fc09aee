package io.tallystick.seed.device;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.model.AccountNumber;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.Money;
import java.time.Instant;
import java.util.Optional;

/// A device as it stands in the database.
///
/// @param account the payer's
/// @param keyEpoch one more at each renewal
/// @param allowance held when seed and authorisation were issued last
/// @param attemptedAt when enrolment was last tried
/// @param enrolledAt absent until it is live
/// @param expiresAt end of seed and authorisation; absent until it is live
public record Device(
    String payerId,
    DeviceId id,
    AccountNumber account,
    String name,
    Sm2PublicKey publicKey,
    DeviceState state,
    int keyEpoch,
    Money allowance,
    Instant attemptedAt,
    Optional<Instant> enrolledAt,
    Optional<Instant> renewedAt,
    Optional<Instant> expiresAt,
    Optional<Revocation> revocation) {

  /// When and why it was revoked.
  public record Revocation(Instant at, RevocationReason reason) {}

  public Device {
    requireNonNull(payerId, "payerId is null");
    requireNonNull(id, "id is null");
    requireNonNull(account, "account is null");
    requireNonNull(name, "name is null");
    requireNonNull(publicKey, "publicKey is null");
    requireNonNull(state, "state is null");
    requireNonNull(allowance, "allowance is null");
  }

  public boolean isLive() {
    return state == DeviceState.LIVE;
  }

  /// Whether it is one that the payer, verify-service or an operator may see.
  public boolean isKnownOutside() {
    return state == DeviceState.LIVE || state == DeviceState.REVOKED;
  }
}
