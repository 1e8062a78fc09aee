package io.tallystick.seed.password;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/// Payment passwords: cost of hashing and limits on guessing.
@ConfigMapping(prefix = "tallystick.seed.password")
public interface PasswordConfig {
  /// Wrong passwords in a row that lock.
  @WithDefault("5")
  @Min(1)
  @Max(100)
  int attemptLimit();

  /// How long a lock lasts when no operator lifts it; `PT0S` for until an operator does. The lock
  /// is what a thief of the payer's token runs into, and also what such a thief could provoke, so
  /// it ends by itself by default.
  @WithDefault("PT24H")
  Duration lockTime();

  /// Argon2id memory, KiB. OWASP's minimum with two passes is 19456.
  @WithDefault("19456")
  @Min(8)
  @Max(1048576)
  int memoryKib();

  /// Argon2id passes over the memory.
  @WithDefault("2")
  @Min(1)
  @Max(100)
  int iterations();

  /// Argon2id lanes.
  @WithDefault("1")
  @Min(1)
  @Max(16)
  int parallelism();

  /// Passwords hashed at one time; each takes the memory above.
  @WithDefault("4")
  @Min(1)
  @Max(256)
  int maxParallelHashes();

  /// How long a request waits for its turn to hash before it is told that the service is busy.
  @WithDefault("PT3S")
  Duration maxHashWait();
}
