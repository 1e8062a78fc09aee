package io.tallystick.seed.device;

import io.tallystick.kit.database.Idempotency;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.seed.device.postgres.PostgresChallengeStore;
import io.tallystick.seed.device.postgres.PostgresDeviceStore;
import io.tallystick.seed.issuer.IssuerKeys;
import io.tallystick.seed.issuer.TrustAnchor;
import io.tallystick.seed.request.RequestConfig;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// The first step of an enrolment: makes the pending device under the request's key, or finds the
/// one that was made under it before.
@Singleton
class EnrolmentStart {
  private static final int MOST_ID_TRIES = 20;

  private final Payers payers;
  private final Idempotency idempotency;
  private final PostgresDeviceStore devices;
  private final PostgresChallengeStore challenges;
  private final IssuerKeys issuerKeys;
  private final TrustAnchor anchor;
  private final RequestConfig config;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  EnrolmentStart(
      Payers payers,
      Idempotency idempotency,
      PostgresDeviceStore devices,
      PostgresChallengeStore challenges,
      IssuerKeys issuerKeys,
      TrustAnchor anchor,
      RequestConfig config,
      Clock clock) {
    this.payers = payers;
    this.idempotency = idempotency;
    this.devices = devices;
    this.challenges = challenges;
    this.issuerKeys = issuerKeys;
    this.anchor = anchor;
    this.config = config;
    this.clock = clock;
  }

  /// The device of this request, whatever its state.
  Device begin(Handle handle, EnrolmentRequest request) {
    payers.lock(handle, request.payerId());
    Instant now = clock.instant();
    DeviceId id =
        idempotency.once(
            handle,
            "enrol:" + request.payerId(),
            request.idempotencyKey(),
            request.digest(),
            DeviceIdCodec.INSTANCE,
            () -> makePending(handle, request, now));
    Device device = devices.find(handle, request.payerId(), id).orElseThrow();
    if (device.state() == DeviceState.PENDING) {
      devices.attempted(handle, device, now);
    }
    return device;
  }

  private DeviceId makePending(Handle handle, EnrolmentRequest request, Instant now) {
    String payerId = request.payerId();
    if (!challenges.consume(handle, payerId, request.challenge(), now)) {
      throw DeviceErrors.challengeRefused();
    }
    DeviceId id = claimId(handle, payerId);
    if (!devices.claimKey(handle, request.publicKey(), payerId, id)) {
      throw DeviceErrors.keyUsed();
    }
    devices
        .findOnly(handle, payerId, DeviceState.PENDING)
        .ifPresent(other -> abandon(handle, other, now));
    // Refuses now what could not be finished.
    issuerKeys.signing(handle);
    devices.insertPending(
        handle,
        payerId,
        id,
        request.name(),
        request.publicKey(),
        anchor.profile().currency(),
        devices.unreleased(handle, payerId),
        now);
    return id;
  }

  /// Another enrolment that is not complete gives way, unless it may be under way at this moment.
  private void abandon(Handle handle, Device other, Instant now) {
    Duration sinceTried = Duration.between(other.attemptedAt(), now);
    if (sinceTried.compareTo(config.enrolmentTime()) < 0) {
      throw DeviceErrors.inProgress(config.enrolmentTime().minus(sinceTried));
    }
    devices.abandon(handle, other, now);
  }

  private DeviceId claimId(Handle handle, String payerId) {
    for (int tried = 0; tried < MOST_ID_TRIES; tried++) {
      DeviceId id = DeviceId.generate(random);
      if (devices.claimId(handle, id, payerId)) {
        return id;
      }
    }
    throw new AssertionError("twenty random 64-bit numbers were all taken");
  }
}
