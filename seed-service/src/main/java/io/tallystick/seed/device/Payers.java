package io.tallystick.seed.device;

import io.tallystick.protocol.model.AccountNumber;
import io.tallystick.seed.device.postgres.PostgresPayerStore;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Locks a payer's row, making it, with a new account number, at the payer's first request.
@Singleton
public class Payers {
  private static final int MOST_TRIES = 20;

  private final PostgresPayerStore store;
  private final AccountNumbers numbers;
  private final Clock clock;

  Payers(PostgresPayerStore store, IssuanceConfig config, Clock clock) {
    this.store = store;
    this.numbers = new AccountNumbers(config.accountNumberPrefix(), new SecureRandom());
    this.clock = clock;
  }

  /// Holds the lock until the transaction ends.
  public AccountNumber lock(Handle handle, String payerId) {
    Optional<AccountNumber> known = store.lock(handle, payerId);
    if (known.isPresent()) {
      return known.get();
    }
    store.insert(handle, payerId, claim(handle, payerId), clock.instant());
    return store.lock(handle, payerId).orElseThrow();
  }

  private AccountNumber claim(Handle handle, String payerId) {
    for (int tried = 0; tried < MOST_TRIES; tried++) {
      AccountNumber number = numbers.generate();
      if (store.claim(handle, number, payerId)) {
        return number;
      }
    }
    throw new IllegalStateException("account numbers are nearly used up; shorten their prefix");
  }
}
