package io.tallystick.seed.password.postgres;

import io.tallystick.seed.password.PasswordRules;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Payment passwords in table `payment_password`. A password is locked while its failed attempts
/// have reached the limit and `locked_until`, if there is one, has not come.
@Singleton
public class PostgresPasswordStore {
  /// A password as stored.
  ///
  /// @param phc the hash
  /// @param failedAttempts in a row, those being checked at this moment included
  /// @param lockedUntil when the lock ends by itself
  public record Stored(String phc, int failedAttempts, Optional<Instant> lockedUntil) {
    public boolean isLocked(PasswordRules rules, Instant now) {
      return failedAttempts >= rules.attemptLimit()
          && lockedUntil.filter(until -> !now.isBefore(until)).isEmpty();
    }
  }

  public Optional<Stored> find(Handle handle, String payerId) {
    return handle
        .createQuery(
            "select phc, failed_attempts, locked_until from payment_password where payer_id = :payerId")
        .bind("payerId", payerId)
        .map((row, _) ->
            new Stored(
                row.getString("phc"),
                row.getInt("failed_attempts"),
                Optional.ofNullable(row.getTimestamp("locked_until")).map(Timestamp::toInstant)))
        .findOne();
  }

  /// Counts an attempt as failed before anybody checks it, so that parallel guesses are limited as
  /// well as those one after the other: the row's lock lets one at a time past the condition. The
  /// attempt that reaches the limit locks at once, unless it turns out right. After a lock that ran
  /// out counting begins anew.
  ///
  /// @return the hash and the number of this attempt; empty when there is no password or it is
  ///   locked
  public Optional<Stored> countAttempt(
      Handle handle, String payerId, PasswordRules rules, Instant now) {
    return handle
        .createQuery(
            """
            update payment_password set
              failed_attempts = case when failed_attempts >= :limit then 1 else failed_attempts + 1 end,
              locked_at = case when failed_attempts = :limit - 1 or :limit = 1
                then cast(:now as timestamptz) end,
              locked_until = case when failed_attempts = :limit - 1 or :limit = 1
                then cast(:lockedUntil as timestamptz) end
            where payer_id = :payerId and (failed_attempts < :limit or locked_until <= :now)
            returning phc, failed_attempts, locked_until
            """)
        .bind("payerId", payerId)
        .bind("limit", rules.attemptLimit())
        .bind("now", now)
        .bind("lockedUntil", rules.lockedUntil(now).orElse(null))
        .map((row, _) ->
            new Stored(
                row.getString("phc"),
                row.getInt("failed_attempts"),
                Optional.ofNullable(row.getTimestamp("locked_until")).map(Timestamp::toInstant)))
        .findOne();
  }

  /// Forgets failed attempts and a lock; says whether there was anything to forget.
  public boolean clearAttempts(Handle handle, String payerId) {
    return handle
            .createUpdate(
                """
                update payment_password set failed_attempts = 0, locked_at = null, locked_until = null
                where payer_id = :payerId and failed_attempts > 0
                """)
            .bind("payerId", payerId)
            .execute()
        == 1;
  }

  /// Sets the first password; says whether there was none before.
  public boolean insert(Handle handle, String payerId, String phc, Instant now) {
    return handle
            .createUpdate(
                """
                insert into payment_password (payer_id, phc, changed_at) values (:payerId, :phc, :now)
                on conflict (payer_id) do nothing
                """)
            .bind("payerId", payerId)
            .bind("phc", phc)
            .bind("now", now)
            .execute()
        == 1;
  }

  /// Replaces the hash that was checked; says whether it was still that one.
  public boolean replace(Handle handle, String payerId, String from, String to, Instant now) {
    return handle
            .createUpdate(
                """
                update payment_password set phc = :to, changed_at = :now
                where payer_id = :payerId and phc = :from
                """)
            .bind("payerId", payerId)
            .bind("from", from)
            .bind("to", to)
            .bind("now", now)
            .execute()
        == 1;
  }
}
