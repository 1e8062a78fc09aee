package io.tallystick.seed.password;

import io.tallystick.kit.database.Database;
import io.tallystick.kit.database.Idempotency;
import io.tallystick.kit.database.RequestDigest;
import io.tallystick.kit.database.ResponseCodec;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.seed.audit.SecurityEvent;
import io.tallystick.seed.audit.SecurityEventKind;
import io.tallystick.seed.audit.postgres.PostgresAuditTrail;
import io.tallystick.seed.password.postgres.PostgresPasswordStore;
import io.tallystick.seed.password.postgres.PostgresPasswordStore.Stored;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Sets, changes, checks and unlocks payment passwords.
@Singleton
public class PaymentPasswords {
  private static final ResponseCodec<Boolean> NOTHING = new Nothing();

  private final Database database;
  private final PostgresPasswordStore store;
  private final Idempotency idempotency;
  private final PostgresAuditTrail audit;
  private final PasswordHashing hashing;
  private final PasswordRules rules;
  private final Clock clock;

  PaymentPasswords(
      Database database,
      PostgresPasswordStore store,
      Idempotency idempotency,
      PostgresAuditTrail audit,
      PasswordHashing hashing,
      PasswordConfig config,
      Clock clock) {
    this.database = database;
    this.store = store;
    this.idempotency = idempotency;
    this.audit = audit;
    this.hashing = hashing;
    this.rules = new PasswordRules(config.attemptLimit(), config.lockTime());
    this.clock = clock;
  }

  public PasswordState state(String payerId) {
    Instant now = clock.instant();
    return database
        .read(handle -> store.find(handle, payerId))
        .map(stored -> state(stored, now))
        .orElse(new PasswordState(false, false, rules.attemptLimit(), Optional.empty()));
  }

  private PasswordState state(Stored stored, Instant now) {
    boolean locked = stored.isLocked(rules, now);
    boolean ranOut = !locked && stored.failedAttempts() >= rules.attemptLimit();
    int failed = ranOut ? 0 : stored.failedAttempts();
    return new PasswordState(
        true,
        locked,
        rules.attemptLimit() - Math.min(failed, rules.attemptLimit()),
        locked ? stored.lockedUntil() : Optional.empty());
  }

  /// Sets the first password, or changes it. Under a key that was used before, the new password
  /// must be the one that is set, which counts as an attempt: nothing of a password is stored to
  /// compare requests by.
  ///
  /// @return whether it was done before, under this key
  public boolean set(
      String payerId, String key, PaymentPassword wanted, Optional<PaymentPassword> current) {
    if (wanted.isWeak()) {
      throw PasswordErrors.weak();
    }
    if (database.read(handle -> idempotency.isUsed(handle, scope(payerId), key))) {
      return repeated(payerId, key, wanted);
    }
    String hash = hashing.inTurn(() -> hashing.argon2id().hash(wanted));
    if (current.isPresent()) {
      change(payerId, key, current.get(), hash);
      return false;
    }
    return first(payerId, key, wanted, hash);
  }

  /// @throws io.tallystick.kit.error.ApiException `WRONG_PAYMENT_PASSWORD`,
  ///   `PAYMENT_PASSWORD_LOCKED`, `PAYMENT_PASSWORD_NOT_SET` or `BUSY`
  public void require(String payerId, PaymentPassword password) {
    requireRight(payerId, password);
  }

  private PasswordCheck.Right requireRight(String payerId, PaymentPassword password) {
    return switch (check(payerId, password)) {
      case PasswordCheck.Right right -> right;
      case PasswordCheck.Wrong(int attemptsLeft) -> throw PasswordErrors.wrong(attemptsLeft);
      case PasswordCheck.Locked locked -> throw PasswordErrors.locked(locked, clock);
      case PasswordCheck.NotSet _ -> throw PasswordErrors.notSet();
    };
  }

  /// Lifts a lock and forgets failed attempts; says whether it was locked.
  public boolean unlock(String payerId, String actor) {
    Instant now = clock.instant();
    return database.inTransaction(handle -> {
      boolean locked =
          store.find(handle, payerId).filter(stored -> stored.isLocked(rules, now)).isPresent();
      if (store.clearAttempts(handle, payerId)) {
        audit.append(
            handle, SecurityEvent.ofPayer(SecurityEventKind.PASSWORD_UNLOCKED, payerId, actor));
      }
      return locked;
    });
  }

  PasswordCheck check(String payerId, PaymentPassword password) {
    return hashing.inTurn(() -> {
      Instant now = clock.instant();
      Optional<Stored> counted =
          database.inTransaction(handle -> store.countAttempt(handle, payerId, rules, now));
      return counted.isPresent() ? verify(payerId, password, counted.get()) : refusal(payerId, now);
    });
  }

  private PasswordCheck verify(String payerId, PaymentPassword password, Stored stored) {
    Argon2id.Verdict verdict = hashing.argon2id().verify(password, stored.phc());
    if (verdict.right()) {
      Optional<String> fresh =
          verdict.stale() ? Optional.of(hashing.argon2id().hash(password)) : Optional.empty();
      database.useTransaction(handle -> {
        store.clearAttempts(handle, payerId);
        fresh.ifPresent(
            hash -> store.replace(handle, payerId, stored.phc(), hash, clock.instant()));
      });
      return new PasswordCheck.Right(fresh.orElse(stored.phc()));
    }
    boolean locks = stored.failedAttempts() >= rules.attemptLimit();
    database.useTransaction(handle -> {
      audit.append(
          handle,
          SecurityEvent.ofPayer(SecurityEventKind.PASSWORD_FAILED, payerId, SecurityEvent.PAYER)
              .with("attempt", Integer.toString(stored.failedAttempts())));
      if (locks) {
        audit.append(
            handle,
            SecurityEvent.ofPayer(SecurityEventKind.PASSWORD_LOCKED, payerId, SecurityEvent.PAYER));
      }
    });
    return locks
        ? new PasswordCheck.Locked(stored.lockedUntil())
        : new PasswordCheck.Wrong(rules.attemptLimit() - stored.failedAttempts());
  }

  private PasswordCheck refusal(String payerId, Instant now) {
    Optional<Stored> stored = database.read(handle -> store.find(handle, payerId));
    if (stored.isEmpty()) {
      return new PasswordCheck.NotSet();
    }
    return new PasswordCheck.Locked(stored.get().lockedUntil().filter(now::isBefore));
  }

  private boolean repeated(String payerId, String key, PaymentPassword wanted) {
    return switch (check(payerId, wanted)) {
      case PasswordCheck.Right _ -> true;
      case PasswordCheck.Wrong _ -> throw ApiErrors.keyReused(key, "newPassword");
      case PasswordCheck.Locked locked -> throw PasswordErrors.locked(locked, clock);
      case PasswordCheck.NotSet _ -> throw PasswordErrors.notSet();
    };
  }

  private boolean first(String payerId, String key, PaymentPassword wanted, String hash) {
    boolean done =
        database.inTransaction(handle ->
            store.insert(handle, payerId, hash, clock.instant())
                && remember(handle, payerId, key, SecurityEventKind.PASSWORD_SET));
    if (done) {
      return false;
    }
    // The same request may have been carried out by another thread since it was looked for.
    if (database.read(handle -> idempotency.isUsed(handle, scope(payerId), key))) {
      return repeated(payerId, key, wanted);
    }
    throw PasswordErrors.exists();
  }

  private void change(String payerId, String key, PaymentPassword current, String hash) {
    String checked = requireRight(payerId, current).phc();
    database.useTransaction(handle -> {
      if (!store.replace(handle, payerId, checked, hash, clock.instant())) {
        throw ApiErrors.unavailable("CONCURRENT_CHANGE", "it is being changed; try again");
      }
      remember(handle, payerId, key, SecurityEventKind.PASSWORD_CHANGED);
    });
  }

  /// Stores the key, with nothing of the password, and the security event.
  private boolean remember(Handle handle, String payerId, String key, SecurityEventKind kind) {
    audit.append(handle, SecurityEvent.ofPayer(kind, payerId, SecurityEvent.PAYER));
    return idempotency.once(
        handle, scope(payerId), key, RequestDigest.empty(), NOTHING, () -> true);
  }

  private static String scope(String payerId) {
    return "payment-password:" + payerId;
  }

  /// There is nothing to tell.
  private static final class Nothing implements ResponseCodec<Boolean> {
    @Override
    public byte[] encode(Boolean response) {
      return new byte[0];
    }

    @Override
    public Boolean decode(byte[] bytes) {
      return true;
    }
  }
}
