package io.tallystick.notify.challenge;

import io.tallystick.kit.database.Database;
import io.tallystick.notify.face.FaceVerifier;
import io.tallystick.notify.face.FaceVerifier.Refusal;
import io.tallystick.notify.face.Passkey;
import io.tallystick.notify.face.PasskeyStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Answers by passkey: hands out options and judges assertions. A passkey registered after the
/// challenge was made can't answer it, so whoever takes over a session can't enrol a face and
/// confirm with it.
@ApplicationScoped
public class FaceChallenges {
  private final Database database;
  private final FaceCeremonies ceremonies;
  private final PasskeyStore passkeys;
  private final FaceVerifier verifier;

  FaceChallenges(
      Database database, FaceCeremonies ceremonies, PasskeyStore passkeys, FaceVerifier verifier) {
    this.database = database;
    this.ceremonies = ceremonies;
    this.passkeys = passkeys;
    this.verifier = verifier;
  }

  /// Options for one answer; they replace earlier ones.
  public String options(String payerId, String challengeId) {
    return database.inTransaction(handle -> {
      Challenge challenge = ceremonies.requireOpen(handle, payerId, challengeId);
      List<Passkey> allowed = passkeys.registeredBefore(handle, payerId, challenge.createdAt());
      if (allowed.isEmpty()) {
        throw ChallengeErrors.noPasskey();
      }
      return verifier.requestOptions(ceremonies.begin(handle, challenge).digest(), allowed);
    });
  }

  /// Judges an assertion. Whatever it comes to, its options are used up.
  public Answer answer(String payerId, String challengeId, String assertion) {
    return ceremonies.answer(
        payerId,
        challengeId,
        (handle, challenge, digest, now) ->
            refusal(handle, challenge, digest, assertion, now).map(Refusal::text));
  }

  private Optional<Refusal> refusal(
      Handle handle, Challenge challenge, byte[] digest, String assertion, Instant now) {
    String payerId = challenge.payerId();
    Optional<byte[]> credentialId = verifier.claimedCredential(assertion);
    if (credentialId.isEmpty()) {
      return Optional.of(Refusal.MALFORMED);
    }
    Optional<Passkey> passkey =
        passkeys
            .lock(handle, payerId, credentialId.get())
            .filter(known -> known.createdAt().isBefore(challenge.createdAt()));
    Optional<byte[]> user = passkeys.userHandle(handle, payerId);
    if (passkey.isEmpty() || user.isEmpty()) {
      return Optional.of(Refusal.UNKNOWN_PASSKEY);
    }
    return switch (verifier.verify(assertion, digest, passkey.get(), user.get())) {
      case FaceVerifier.Assertion.Refused(Refusal refusal) -> Optional.of(refusal);
      case FaceVerifier.Assertion.Verified verified -> {
        passkeys.used(handle, payerId, passkey.get(), verified, now);
        yield Optional.empty();
      }
    };
  }
}
