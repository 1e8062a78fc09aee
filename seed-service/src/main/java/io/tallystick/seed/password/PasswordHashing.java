package io.tallystick.seed.password;

import io.tallystick.kit.error.ApiErrors;
import io.tallystick.seed.sealing.PasswordPepper;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Argon2id with a bound on how many passwords are hashed at one time: each takes megabytes and
/// tens of milliseconds of a core.
@Singleton
class PasswordHashing {
  private final Argon2id argon2id;
  private final Semaphore turns;
  private final Duration maxWait;

  PasswordHashing(PasswordConfig config, PasswordPepper pepper) {
    argon2id =
        new Argon2id(
            new Argon2id.Cost(config.memoryKib(), config.iterations(), config.parallelism()),
            pepper,
            new SecureRandom());
    turns = new Semaphore(config.maxParallelHashes(), true);
    maxWait = config.maxHashWait();
  }

  /// Waits for a turn, then does what may hash. Taken before an attempt is counted, so that a busy
  /// service costs nobody an attempt.
  ///
  /// @throws io.tallystick.kit.error.ApiException `BUSY` when no turn comes in time
  <T> T inTurn(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(maxWait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw PasswordErrors.busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiErrors.unavailable("STOPPING", "the service is stopping", e);
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  Argon2id argon2id() {
    return argon2id;
  }
}
