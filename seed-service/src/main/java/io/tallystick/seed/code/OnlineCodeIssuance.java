package io.tallystick.seed.code;

import io.tallystick.kit.database.Database;
import io.tallystick.kit.database.Idempotency;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.code.OnlineCodes;
import io.tallystick.seed.code.postgres.PostgresCodeStore;
import io.tallystick.seed.device.Device;
import io.tallystick.seed.device.DeviceErrors;
import io.tallystick.seed.device.DeviceProof;
import io.tallystick.seed.device.Payers;
import io.tallystick.seed.device.postgres.PostgresDeviceStore;
import io.tallystick.seed.request.RequestConfig;
import io.tallystick.seed.sealing.KeyedHash;
import io.tallystick.seed.sealing.OnlineCodeHash;
import io.tallystick.seed.sealing.Vault;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Makes online codes for wallets that have a connection.
@Singleton
public class OnlineCodeIssuance {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /// How long expired codes are kept, for looking into complaints.
  private static final Duration KEPT = Duration.ofMinutes(10);

  private static final int MOST_TRIES = 20;

  private final Database database;
  private final Payers payers;
  private final PostgresDeviceStore devices;
  private final PostgresCodeStore codes;
  private final Idempotency idempotency;
  private final Vault vault;
  private final OnlineCodeHash hashes;
  private final CodeNetwork network;
  private final RequestConfig config;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  OnlineCodeIssuance(
      Database database,
      Payers payers,
      PostgresDeviceStore devices,
      PostgresCodeStore codes,
      Idempotency idempotency,
      Vault vault,
      OnlineCodeHash hashes,
      CodeNetwork network,
      RequestConfig config,
      Clock clock) {
    this.database = database;
    this.payers = payers;
    this.devices = devices;
    this.codes = codes;
    this.idempotency = idempotency;
    this.vault = vault;
    this.hashes = hashes;
    this.network = network;
    this.config = config;
    this.clock = clock;
  }

  /// @throws io.tallystick.kit.error.ApiException `UNKNOWN_DEVICE`, `DEVICE_REVOKED`,
  ///   `PROOF_REFUSED` or `TOO_MANY_REQUESTS`
  public IssuedOnlineCode issue(OnlineCodeRequest request) {
    Device device = database.read(handle -> live(handle, request));
    DeviceProof.requireFresh(request.signedAt(), clock.instant(), config.signedAtTolerance());
    DeviceProof.require(device.publicKey(), request.message(), request.signature());
    return database.inTransaction(handle -> {
      payers.lock(handle, request.payerId());
      Device locked = live(handle, request);
      return idempotency.once(
          handle,
          "online-code:" + request.payerId(),
          request.idempotencyKey(),
          request.digest(),
          SealedCodeCodec.of(vault, request),
          () -> make(handle, locked));
    });
  }

  private IssuedOnlineCode make(Handle handle, Device device) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    codes.pruneOnlineCodes(handle, device.payerId(), device.id(), now.minus(KEPT));
    int given = codes.countOnlineCodes(handle, device.payerId(), device.id(), now.minus(MINUTE));
    if (given >= config.onlineCodesPerMinute()) {
      throw DeviceErrors.retryAfter(
          ApiErrors.resourceExhausted(
              "TOO_MANY_REQUESTS", "this device has had its online codes for this minute"),
          MINUTE);
    }
    CodeMatch.Holder holder =
        new CodeMatch.Holder(
            device.payerId(), device.id(), device.account(), device.enrolledAt().orElseThrow());
    for (int tried = 0; tried < MOST_TRIES; tried++) {
      String digits = OnlineCodes.generate(network, random).digits();
      KeyedHash.Versioned hash =
          hashes.hash().versioned(digits.getBytes(StandardCharsets.US_ASCII));
      CodeMatch.Online code = new CodeMatch.Online(holder, UUID.randomUUID());
      if (codes.insertOnlineCode(handle, hash, code, now, OnlineCodes.VALIDITY)) {
        return new IssuedOnlineCode(digits, now.plus(OnlineCodes.VALIDITY), false);
      }
    }
    throw new AssertionError("twenty random codes of eighteen digits were all taken");
  }

  private Device live(Handle handle, OnlineCodeRequest request) {
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
