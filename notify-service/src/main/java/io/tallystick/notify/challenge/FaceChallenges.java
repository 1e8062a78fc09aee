package io.tallystick.notify.challenge;

import io.tallystick.kit.database.Database;
import io.tallystick.notify.face.FaceConfig;
import io.tallystick.notify.face.FaceVerifier;
import io.tallystick.notify.face.FaceVerifier.Refusal;
import io.tallystick.notify.face.Passkey;
import io.tallystick.notify.face.PasskeyStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Answers by face: hands out options and judges assertions. A passkey registered after the
/// challenge was made can't answer it, so whoever takes over a session can't enrol a face and
/// confirm with it.
@ApplicationScoped
public class FaceChallenges {
  private static final int NONCE_LENGTH = 32;

  private final FaceConfig config;
  private final Database database;
  private final ChallengeStore store;
  private final ChallengeEnds ends;
  private final PasskeyStore passkeys;
  private final FaceVerifier verifier;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  FaceChallenges(
      FaceConfig config,
      Database database,
      ChallengeStore store,
      ChallengeEnds ends,
      PasskeyStore passkeys,
      FaceVerifier verifier,
      Clock clock) {
    this.config = config;
    this.database = database;
    this.store = store;
    this.ends = ends;
    this.passkeys = passkeys;
    this.verifier = verifier;
    this.clock = clock;
  }

  /// Options for one answer; they replace earlier ones.
  public String options(String payerId, String challengeId) {
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    return database.inTransaction(handle -> options(handle, payerId, challengeId, nonce));
  }

  /// Judges an assertion. Whatever it comes to, its options are used up.
  public Answer answer(String payerId, String challengeId, String assertion) {
    return database.inTransaction(handle -> answer(handle, payerId, challengeId, assertion));
  }

  private String options(Handle handle, String payerId, String challengeId, byte[] nonce) {
    Instant now = clock.instant();
    Challenge challenge = lock(handle, payerId, challengeId);
    ChallengeErrors.requireOpen(challenge, now);
    List<Passkey> allowed = passkeys.registeredBefore(handle, payerId, challenge.createdAt());
    if (allowed.isEmpty()) {
      throw ChallengeErrors.noPasskey();
    }
    if (challenge.face().ceremonies() >= config.ceremonies()) {
      throw ChallengeErrors.faceLimit();
    }
    Instant until = now.plus(config.ceremonyValidity());
    store.ceremonyBegun(handle, challenge, new Challenge.CurrentNonce(nonce, until));
    store.delivered(handle, payerId, challengeId);
    return verifier.requestOptions(
        FaceBinding.digest(nonce, challengeId, challenge.payment()), allowed);
  }

  private Answer answer(Handle handle, String payerId, String challengeId, String assertion) {
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
    byte[] digest = FaceBinding.digest(nonce.bytes(), challengeId, challenge.payment());
    return judged(handle, challenge, digest, assertion, now);
  }

  private Answer judged(
      Handle handle, Challenge challenge, byte[] digest, String assertion, Instant now) {
    String payerId = challenge.payerId();
    Optional<byte[]> credentialId = verifier.claimedCredential(assertion);
    if (credentialId.isEmpty()) {
      return refused(Refusal.MALFORMED);
    }
    Optional<Passkey> passkey =
        passkeys
            .lock(handle, payerId, credentialId.get())
            .filter(known -> known.createdAt().isBefore(challenge.createdAt()));
    Optional<byte[]> user = passkeys.userHandle(handle, payerId);
    if (passkey.isEmpty() || user.isEmpty()) {
      return refused(Refusal.UNKNOWN_PASSKEY);
    }
    return switch (verifier.verify(assertion, digest, passkey.get(), user.get())) {
      case FaceVerifier.Assertion.Refused(Refusal refusal) -> refused(refusal);
      case FaceVerifier.Assertion.Verified verified -> {
        passkeys.used(handle, payerId, passkey.get(), verified, now);
        ends.end(handle, challenge, challenge.delivered().pass(), Challenge.Method.FACE, now);
        yield new Answer.Passed();
      }
    };
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
