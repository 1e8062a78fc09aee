package io.tallystick.notify.face;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// Verdicts that were answered with. One of them can answer one challenge once, whatever replica it
/// comes to.
@ApplicationScoped
public class UsedVerdicts {
  /// @return false if this verdict was used before
  public boolean use(
      Handle handle,
      FaceVerdictVerifier.Outcome.Verified verdict,
      String challengeId,
      Instant now) {
    return handle
            .createUpdate(
                """
                INSERT INTO face_verdict (vendor, verdict_id, challenge_id, used_at, expires_at)
                VALUES (:vendor, :id, :challenge, :now, :expires) ON CONFLICT DO NOTHING
                """)
            .bind("vendor", verdict.vendor())
            .bind("id", verdict.verdictId())
            .bind("challenge", challengeId)
            .bind("now", now)
            .bind("expires", verdict.expiresAt())
            .execute()
        == 1;
  }
}
