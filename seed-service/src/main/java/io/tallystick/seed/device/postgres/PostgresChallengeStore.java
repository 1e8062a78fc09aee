package io.tallystick.seed.device.postgres;

import jakarta.inject.Singleton;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// Enrolment challenges in table `enrolment_challenge`.
@Singleton
public class PostgresChallengeStore {
  /// Drops those of the payer that have expired; says how many wait.
  public int prune(Handle handle, String payerId, Instant now) {
    handle
        .createUpdate(
            "delete from enrolment_challenge where payer_id = :payerId and expires_at <= :now")
        .bind("payerId", payerId)
        .bind("now", now)
        .execute();
    return handle
        .createQuery("select count(*) from enrolment_challenge where payer_id = :payerId")
        .bind("payerId", payerId)
        .mapTo(Integer.class)
        .one();
  }

  public void insert(Handle handle, String payerId, byte[] challenge, Instant expiresAt) {
    handle
        .createUpdate(
            """
            insert into enrolment_challenge (payer_id, challenge, expires_at)
            values (:payerId, :challenge, :expiresAt)
            """)
        .bind("payerId", payerId)
        .bind("challenge", challenge)
        .bind("expiresAt", expiresAt)
        .execute();
  }

  /// Uses a challenge up; false when it is unknown, used or expired.
  public boolean consume(Handle handle, String payerId, byte[] challenge, Instant now) {
    return handle
            .createUpdate(
                """
                delete from enrolment_challenge
                where payer_id = :payerId and challenge = :challenge and expires_at > :now
                """)
            .bind("payerId", payerId)
            .bind("challenge", challenge)
            .bind("now", now)
            .execute()
        == 1;
  }
}
