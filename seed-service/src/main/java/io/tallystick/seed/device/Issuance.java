package io.tallystick.seed.device;

import io.tallystick.protocol.authorisation.AuthorisationTerms;
import io.tallystick.protocol.authorisation.CardAccountNumber;
import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.authorisation.OfflineAllowance;
import io.tallystick.protocol.authorisation.PlatformNumber;
import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.Seed;
import io.tallystick.protocol.model.KeyEpoch;
import io.tallystick.protocol.model.Money;
import io.tallystick.seed.device.postgres.PostgresDeviceStore;
import io.tallystick.seed.device.postgres.PostgresSeedStore;
import io.tallystick.seed.device.postgres.PostgresSeedStore.Issued;
import io.tallystick.seed.issuer.IssuerKeys;
import io.tallystick.seed.issuer.SigningKey;
import io.tallystick.seed.issuer.TrustAnchor;
import io.tallystick.seed.request.RequestConfig;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Issues a seed with its alias, and an authorisation for the device's key and allowance.
@Singleton
class Issuance {
  private static final int MOST_ALIAS_TRIES = 20;

  private final IssuanceConfig config;
  private final IssuerKeys issuerKeys;
  private final PostgresSeedStore seeds;
  private final PostgresDeviceStore devices;
  private final TrustAnchor anchor;
  private final RequestConfig requests;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Issuance(
      IssuanceConfig config,
      IssuerKeys issuerKeys,
      PostgresSeedStore seeds,
      PostgresDeviceStore devices,
      TrustAnchor anchor,
      RequestConfig requests,
      Clock clock) {
    this.config = config;
    this.issuerKeys = issuerKeys;
    this.seeds = seeds;
    this.devices = devices;
    this.anchor = anchor;
    this.requests = requests;
    this.clock = clock;
  }

  /// What clearing-service is asked to hold.
  Money target() {
    return Money.of(config.allowanceMinor(), anchor.profile().currency());
  }

  /// Retires the device's seed, if it has one, issues another, and brings the device up to date: a
  /// pending one goes live, a live one is renewed. Within the lock on the payer.
  ///
  /// @param held what clearing-service holds for the device
  IssuedDevice issue(Handle handle, Device device, Money held, Instant now) {
    SigningKey signing = issuerKeys.signing(handle);
    Instant expiresAt = end(now, signing.expiresAt());
    DeviceAuthorisation authorisation =
        DeviceAuthorisation.sign(
            signing.certificate(), terms(device, held, expiresAt, signing), signing.key(), random);
    seeds.retire(handle, device.payerId(), device.id(), now);
    UUID seedId = UUID.randomUUID();
    Issued issued =
        new Issued(
            seedId,
            Seed.generate(random),
            alias(handle, device.payerId(), seedId),
            authorisation.encode(),
            expiresAt);
    seeds.insert(handle, device.payerId(), device.id(), issued, now);
    devices.issued(handle, device, held, expiresAt, now);
    Device after = devices.find(handle, device.payerId(), device.id()).orElseThrow();
    return answer(after, issued, false);
  }

  /// What was issued for this epoch of the device, again: as long as its seed is live and the
  /// answer may be repeated.
  ///
  /// @throws io.tallystick.kit.error.ApiException `REPLY_EXPIRED`
  IssuedDevice repeat(Handle handle, Device device, int epoch) {
    Instant issuedAt = device.renewedAt().or(device::enrolledAt).orElseThrow();
    if (!device.isLive()
        || device.keyEpoch() != epoch
        || !clock.instant().isBefore(issuedAt.plus(requests.replyTime()))) {
      throw DeviceErrors.replyExpired();
    }
    Issued issued =
        seeds
            .findLive(handle, device.payerId(), device.id())
            .orElseThrow(DeviceErrors::replyExpired);
    return answer(device, issued, true);
  }

  private static IssuedDevice answer(Device device, Issued issued, boolean replayed) {
    return new IssuedDevice(
        device,
        issued.seed(),
        issued.alias(),
        issued.authorisation(),
        issued.expiresAt(),
        replayed);
  }

  private Instant end(Instant now, Instant certificateEnd) {
    Instant wanted = now.plus(config.validity());
    Instant end = wanted.isBefore(certificateEnd) ? wanted : certificateEnd;
    return end.truncatedTo(ChronoUnit.SECONDS);
  }

  private AuthorisationTerms terms(
      Device device, Money held, Instant expiresAt, SigningKey signing) {
    return new AuthorisationTerms(
        device.account(),
        new CardAccountNumber(config.cardAccountNumber()),
        signing.certificate().issuerNumber(),
        PlatformNumber.parse(config.platformNumber()),
        config.cardAccountType(),
        config.largestSingleAmountMinor(),
        device.publicKey(),
        expiresAt,
        config.codeValiditySeconds(),
        new OfflineAllowance(
            device.id(),
            held.amountMinor(),
            config.maxTaps(),
            config.poweredOffAllowed(),
            KeyEpoch.of(device.keyEpoch() + 1)));
  }

  private Alias alias(Handle handle, String payerId, UUID seedId) {
    for (int tried = 0; tried < MOST_ALIAS_TRIES; tried++) {
      Alias alias = Alias.generate(random);
      if (seeds.claimAlias(handle, alias, payerId, seedId)) {
        return alias;
      }
    }
    throw new IllegalStateException("aliases are nearly used up");
  }
}
