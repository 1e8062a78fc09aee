package io.tallystick.notify.challenge;

import io.tallystick.kit.database.Database;
import io.tallystick.notify.face.FaceConfig;
import io.tallystick.notify.face.FaceVerifier;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What every way of answering by face shares: one limit and one nonce for each challenge. The last
/// options handed out are the ones that can be answered, once.
@Singleton
class FaceCeremonies {
  private static final int NONCE_LENGTH = 32;

  private final FaceConfig config;
  private final Database database;
  private final ChallengeStore store;
  private final ChallengeEnds ends;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  FaceCeremonies(
      FaceConfig config, Database database, ChallengeStore store, ChallengeEnds ends, Clock clock) {
    this.config = config;
    this.database = database;
    this.store = store;
    this.ends = ends;
    this.clock = clock;
  }

  /// Options that were handed out.
  ///
  /// @param digest what has to be signed: [FaceBinding]
  /// @param until when they end
  record Ceremony(Challenge challenge, byte[] digest, Instant until) {}

  /// Judges what was signed for a challenge that is open.
  @FunctionalInterface
  interface Judge {
    /// @param digest what had to be signed
    /// @return why it is no confirmation, empty when it is one
    Optional<String> refusal(Handle handle, Challenge challenge, byte[] digest, Instant now);
  }

  /// The payer's challenge, which is open; locked.
  Challenge requireOpen(Handle handle, String payerId, String challengeId) {
    Challenge challenge = lock(handle, payerId, challengeId);
    ChallengeErrors.requireOpen(challenge, clock.instant());
    return challenge;
  }

  /// Begins a ceremony for a challenge that is open and locked; it replaces an earlier one.
  Ceremony begin(Handle handle, Challenge challenge) {
    if (challenge.face().ceremonies() >= config.ceremonies()) {
      throw ChallengeErrors.faceLimit();
    }
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    Instant until = clock.instant().plus(config.ceremonyValidity());
    store.ceremonyBegun(handle, challenge, new Challenge.CurrentNonce(nonce, until));
    store.delivered(handle, challenge.payerId(), challenge.challengeId());
    return new Ceremony(challenge, digest(nonce, challenge), until);
  }

  /// Ends the ceremony under way, whatever the judge says.
  Answer answer(String payerId, String challengeId, Judge judge) {
    return database.inTransaction(handle -> answer(handle, payerId, challengeId, judge));
  }

  private Answer answer(Handle handle, String payerId, String challengeId, Judge judge) {
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
      return new Answer.Refused(FaceVerifier.Refusal.WRONG_CHALLENGE.text());
    }
    Optional<String> refusal =
        judge.refusal(handle, challenge, digest(nonce.bytes(), challenge), now);
    if (refusal.isPresent()) {
      return new Answer.Refused(refusal.get());
    }
    ends.end(handle, challenge, challenge.delivered().pass(), Challenge.Method.FACE, now);
    return new Answer.Passed();
  }

  private static byte[] digest(byte[] nonce, Challenge challenge) {
    return FaceBinding.digest(nonce, challenge.challengeId(), challenge.payment());
  }

  private Challenge lock(Handle handle, String payerId, String challengeId) {
    return store
        .lock(handle, payerId, challengeId)
        .orElseThrow(() -> ChallengeErrors.notFound(challengeId));
  }
}
