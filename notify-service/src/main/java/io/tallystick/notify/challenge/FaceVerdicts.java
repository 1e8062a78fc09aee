package io.tallystick.notify.challenge;

import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.notify.face.FaceConfig;
import io.tallystick.notify.face.FaceVerdictVerifier;
import io.tallystick.notify.face.FaceVerdictVerifier.Expected;
import io.tallystick.notify.face.FaceVerdictVerifier.Outcome;
import io.tallystick.notify.face.FaceVerdictVerifier.Refusal;
import io.tallystick.notify.face.UsedVerdicts;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import org.jdbi.v3.core.Handle;

/// Answers by a vendor's verdict. Options and answers share their limit and their nonce with those
/// of passkeys: the last options handed out are the ones that can be answered, once.
@ApplicationScoped
public class FaceVerdicts {
  private static final int NONCE_LENGTH = 32;

  private final FaceConfig config;
  private final Database database;
  private final ChallengeStore store;
  private final ChallengeEnds ends;
  private final FaceVerdictVerifier verifier;
  private final UsedVerdicts used;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  FaceVerdicts(
      FaceConfig config,
      Database database,
      ChallengeStore store,
      ChallengeEnds ends,
      FaceVerdictVerifier verifier,
      UsedVerdicts used,
      Clock clock) {
    this.config = config;
    this.database = database;
    this.store = store;
    this.ends = ends;
    this.verifier = verifier;
    this.used = used;
    this.clock = clock;
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
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    return database.inTransaction(handle -> options(handle, payerId, challengeId, nonce));
  }

  /// Judges a verdict. Whatever it comes to, its options are used up.
  public Answer answer(String payerId, String challengeId, String verdict) {
    return database.inTransaction(handle -> answer(handle, payerId, challengeId, verdict));
  }

  private Options options(Handle handle, String payerId, String challengeId, byte[] nonce) {
    Instant now = clock.instant();
    Challenge challenge = lock(handle, payerId, challengeId);
    ChallengeErrors.requireOpen(challenge, now);
    if (challenge.face().ceremonies() >= config.ceremonies()) {
      throw ChallengeErrors.faceLimit();
    }
    Instant until = now.plus(config.ceremonyValidity());
    store.ceremonyBegun(handle, challenge, new Challenge.CurrentNonce(nonce, until));
    store.delivered(handle, payerId, challengeId);
    return new Options(
        bound(nonce, challenge),
        challengeId,
        challenge.payment().paymentId(),
        payerId,
        verifier.audience(),
        until);
  }

  private Answer answer(Handle handle, String payerId, String challengeId, String verdict) {
    Instant now = clock.instant();
    Challenge challenge = lock(handle, payerId, challengeId);
    if (!challenge.open()) {
      return SmsAnswerRules.told(challenge.state());
    }
    if (challenge.overdue(now)) {
      ends.end(handle, challenge, challenge.expired(), null, now);
      return new Answer.Expired();
    }
    Challenge.CurrentNonce nonce = challenge.face().nonce();
    store.ceremonyAnswered(handle, challenge);
    if (nonce == null || !now.isBefore(nonce.expiresAt())) {
      return refused(Refusal.WRONG_CHALLENGE);
    }
    Expected expected =
        new Expected(
            payerId, challengeId, challenge.payment().paymentId(), bound(nonce.bytes(), challenge));
    return switch (verifier.verify(verdict, expected)) {
      case Outcome.Refused(Refusal refusal) -> refused(refusal);
      case Outcome.Verified verified -> {
        if (!used.use(handle, verified, challengeId, now)) {
          yield refused(Refusal.REPEATED);
        }
        ends.end(handle, challenge, challenge.delivered().pass(), Challenge.Method.FACE, now);
        yield new Answer.Passed();
      }
    };
  }

  private static String bound(byte[] nonce, Challenge challenge) {
    byte[] digest = FaceBinding.digest(nonce, challenge.challengeId(), challenge.payment());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  private static Answer refused(Refusal refusal) {
    return new Answer.Refused(refusal.text());
  }

  private Challenge lock(Handle handle, String payerId, String challengeId) {
    return store
        .lock(handle, payerId, challengeId)
        .orElseThrow(() -> ChallengeErrors.notFound(challengeId));
  }
}
