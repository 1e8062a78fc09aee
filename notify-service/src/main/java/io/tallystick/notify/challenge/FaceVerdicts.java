package io.tallystick.notify.challenge;

import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.notify.face.FaceVerdictVerifier;
import io.tallystick.notify.face.FaceVerdictVerifier.Expected;
import io.tallystick.notify.face.FaceVerdictVerifier.Outcome;
import io.tallystick.notify.face.FaceVerdictVerifier.Refusal;
import io.tallystick.notify.face.UsedVerdicts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Answers by a vendor's verdict. Options and answers share their limit and their nonce with those
/// of passkeys: [FaceCeremonies].
@ApplicationScoped
public class FaceVerdicts {
  private final Database database;
  private final FaceCeremonies ceremonies;
  private final FaceVerdictVerifier verifier;
  private final UsedVerdicts used;

  FaceVerdicts(
      Database database,
      FaceCeremonies ceremonies,
      FaceVerdictVerifier verifier,
      UsedVerdicts used) {
    this.database = database;
    this.ceremonies = ceremonies;
    this.verifier = verifier;
    this.used = used;
  }

  /// What the wallet hands to the vendor, for one verdict.
  ///
  /// @param nonce to be signed with the rest; it binds payment, amount and merchant too
  public record Options(
      String nonce,
      String challengeId,
      String paymentId,
      String payerId,
      String audience,
      Instant expiresAt) {}

  /// Options for one answer; they replace earlier ones.
  public Options options(String payerId, String challengeId) {
    if (!verifier.available()) {
      throw ApiErrors.failedPrecondition("NO_FACE_VENDOR", "no vendor's verdicts are accepted");
    }
    return database.inTransaction(handle -> {
      Challenge challenge = ceremonies.requireOpen(handle, payerId, challengeId);
      FaceCeremonies.Ceremony ceremony = ceremonies.begin(handle, challenge);
      return new Options(
          nonce(ceremony.digest()),
          challengeId,
          challenge.payment().paymentId(),
          payerId,
          verifier.audience(),
          ceremony.until());
    });
  }

  /// Judges a verdict. Whatever it comes to, its options are used up.
  public Answer answer(String payerId, String challengeId, String verdict) {
    return ceremonies.answer(
        payerId,
        challengeId,
        (handle, challenge, digest, now) ->
            refusal(handle, challenge, digest, verdict, now).map(Refusal::text));
  }

  private Optional<Refusal> refusal(
      Handle handle, Challenge challenge, byte[] digest, String verdict, Instant now) {
    String challengeId = challenge.challengeId();
    Expected expected =
        new Expected(
            challenge.payerId(), challengeId, challenge.payment().paymentId(), nonce(digest));
    return switch (verifier.verify(verdict, expected)) {
      case Outcome.Refused(Refusal refusal) -> Optional.of(refusal);
      case Outcome.Verified verified ->
          used.use(handle, verified, challengeId, now)
              ? Optional.empty()
              : Optional.of(Refusal.REPEATED);
    };
  }

  private static String nonce(byte[] digest) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }
}
