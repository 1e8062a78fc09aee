package io.tallystick.seed.device;

import io.tallystick.kit.database.Database;
import io.tallystick.seed.device.postgres.PostgresChallengeStore;
import io.tallystick.seed.request.RequestConfig;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/// Challenges that a new device's key signs: for one payer, good once, for some minutes.
@Singleton
public class EnrolmentChallenges {
  static final int LENGTH = 32;

  private final Database database;
  private final PostgresChallengeStore store;
  private final Payers payers;
  private final RequestConfig config;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  EnrolmentChallenges(
      Database database,
      PostgresChallengeStore store,
      Payers payers,
      RequestConfig config,
      Clock clock) {
    this.database = database;
    this.store = store;
    this.payers = payers;
    this.config = config;
    this.clock = clock;
  }

  /// @param bytes random; not a secret, not copied
  public record Challenge(byte[] bytes, Instant expiresAt) {}

  /// @throws io.tallystick.kit.error.ApiException `TOO_MANY_REQUESTS`
  public Challenge issue(String payerId) {
    Instant now = clock.instant();
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    Challenge challenge = new Challenge(bytes, now.plus(config.challengeTime()));
    database.useTransaction(handle -> {
      payers.lock(handle, payerId);
      if (store.prune(handle, payerId, now) >= config.maxChallenges()) {
        throw DeviceErrors.tooManyChallenges(config.challengeTime());
      }
      store.insert(handle, payerId, bytes, challenge.expiresAt());
    });
    return challenge;
  }
}
