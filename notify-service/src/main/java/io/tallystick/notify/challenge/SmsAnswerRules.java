package io.tallystick.notify.challenge;

import io.tallystick.protocol.state.ChallengeState;
import java.time.Instant;

/// What an SMS answer comes to, in this order:
///
/// 1. the challenge has ended: its end
/// 2. its time is over: expired
/// 3. no code was asked for
/// 4. the code's time is over: code expired, no try used
/// 5. the code is right: passed
/// 6. that was the last try: failed
/// 7. wrong
///
/// From 5 on the answer is a try.
final class SmsAnswerRules {
  private SmsAnswerRules() {}

  /// Whether an answer gets as far as being compared.
  sealed interface Admission {
    /// It counts as a try and is compared with `code`.
    record Try(Challenge.CurrentCode code) implements Admission {}

    /// It is answered without a try.
    record Without(Answer answer) implements Admission {}

    record NoCode() implements Admission {}
  }

  static Admission admit(Challenge challenge, Instant now) {
    if (!challenge.open()) {
      return new Admission.Without(told(challenge.state()));
    }
    if (challenge.overdue(now)) {
      return new Admission.Without(new Answer.Expired());
    }
    Challenge.CurrentCode code = challenge.sms().code();
    if (code == null) {
      return new Admission.NoCode();
    }
    return now.isBefore(code.expiresAt())
        ? new Admission.Try(code)
        : new Admission.Without(new Answer.CodeExpired());
  }

  /// The state after a try.
  static ChallengeState judge(Challenge challenge, boolean right) {
    ChallengeState.Delivered delivered = challenge.delivered();
    return right ? delivered.pass() : delivered.answerWrongly();
  }

  /// What the payer is told of a state that an answer led to, or that it found.
  static Answer told(ChallengeState state) {
    return switch (state) {
      case ChallengeState.Passed _ -> new Answer.Passed();
      case ChallengeState.Failed _ -> new Answer.Failed();
      case ChallengeState.Expired _ -> new Answer.Expired();
      case ChallengeState.Delivered(int left) -> new Answer.Wrong(left);
      case ChallengeState.Created _ -> throw new AssertionError("nothing led back to created");
    };
  }
}
