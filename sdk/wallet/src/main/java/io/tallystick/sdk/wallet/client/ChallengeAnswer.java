package io.tallystick.sdk.wallet.client;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What an answer to a challenge came to.
 *
 * @param outcome {@code passed}, {@code wrong}, {@code code-expired}, {@code refused}, {@code
 *     failed} or {@code expired}
 * @param triesLeft of a wrong code
 * @param reason of a refused face
 * @param challenge as it stands now
 */
public record ChallengeAnswer(
    String outcome, Optional<Integer> triesLeft, Optional<String> reason, Challenge challenge) {
  public ChallengeAnswer {
    requireNonNull(outcome, "outcome is null");
    requireNonNull(triesLeft, "triesLeft is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(challenge, "challenge is null");
  }

  public boolean passed() {
    return outcome.equals("passed");
  }

  static ChallengeAnswer read(Members answer) {
    return new ChallengeAnswer(
        answer.text("outcome"),
        answer.optional("triesLeft", answer::smallNumber),
        answer.optionalText("reason"),
        Challenge.read(answer.child("challenge")));
  }
}
