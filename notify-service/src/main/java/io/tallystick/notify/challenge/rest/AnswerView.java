package io.tallystick.notify.challenge.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.notify.challenge.Answer;
import org.jspecify.annotations.Nullable;

/// What an answer came to, in JSON.
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AnswerView(
    String outcome, @Nullable Integer triesLeft, @Nullable String reason, ChallengeView challenge) {
  static AnswerView from(Answer answer, ChallengeView challenge) {
    return switch (answer) {
      case Answer.Passed() -> new AnswerView("passed", null, null, challenge);
      case Answer.Wrong(int left) -> new AnswerView("wrong", left, null, challenge);
      case Answer.CodeExpired() -> new AnswerView("code-expired", null, null, challenge);
      case Answer.Refused(String reason) -> new AnswerView("refused", null, reason, challenge);
      case Answer.Failed() -> new AnswerView("failed", null, null, challenge);
      case Answer.Expired() -> new AnswerView("expired", null, null, challenge);
    };
  }
}
