package io.tallystick.notify.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.notify.challenge.SmsAnswerRules.Admission;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.state.ChallengeState;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SmsAnswerRulesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant EARLIER = NOW.minusSeconds(1);
  private static final Instant LATER = NOW.plusSeconds(1);

  /// state, challenge ends, code ends (null: none) → answer without a try (null: a try).
  static Stream<Arguments> precedence() {
    return Stream.of(
        Arguments.of(new ChallengeState.Passed(), EARLIER, EARLIER, new Answer.Passed()),
        Arguments.of(new ChallengeState.Failed(), LATER, LATER, new Answer.Failed()),
        Arguments.of(new ChallengeState.Expired(), EARLIER, null, new Answer.Expired()),
        Arguments.of(new ChallengeState.Delivered(5), EARLIER, EARLIER, new Answer.Expired()),
        Arguments.of(new ChallengeState.Delivered(5), NOW, LATER, new Answer.Expired()),
        Arguments.of(new ChallengeState.Created(), EARLIER, null, new Answer.Expired()),
        Arguments.of(new ChallengeState.Delivered(5), LATER, EARLIER, new Answer.CodeExpired()),
        Arguments.of(new ChallengeState.Delivered(5), LATER, NOW, new Answer.CodeExpired()),
        Arguments.of(new ChallengeState.Delivered(5), LATER, LATER, null),
        Arguments.of(new ChallengeState.Created(), LATER, LATER, null));
  }

  @ParameterizedTest
  @MethodSource("precedence")
  void admitsInOrder(
      ChallengeState state,
      Instant expiresAt,
      @Nullable Instant codeExpiresAt,
      @Nullable Answer without) {
    Admission admission = SmsAnswerRules.admit(challenge(state, expiresAt, codeExpiresAt), NOW);
    if (without == null) {
      assertThat(admission).isInstanceOf(Admission.Try.class);
    } else {
      assertThat(admission).isEqualTo(new Admission.Without(without));
    }
  }

  @Test
  void needsACode() {
    Challenge challenge = challenge(new ChallengeState.Delivered(5), LATER, null);
    assertThat(SmsAnswerRules.admit(challenge, NOW)).isEqualTo(new Admission.NoCode());
  }

  @Test
  void theLastWrongTryFails() {
    assertThat(told(new ChallengeState.Delivered(2), false)).isEqualTo(new Answer.Wrong(1));
    assertThat(told(new ChallengeState.Delivered(1), false)).isEqualTo(new Answer.Failed());
    assertThat(told(new ChallengeState.Delivered(1), true)).isEqualTo(new Answer.Passed());
    // The answer came before the acknowledgement of the SMS centre was stored.
    assertThat(told(new ChallengeState.Created(), false)).isEqualTo(new Answer.Wrong(4));
  }

  private static Answer told(ChallengeState state, boolean right) {
    return SmsAnswerRules.told(SmsAnswerRules.judge(challenge(state, LATER, LATER), right));
  }

  private static Challenge challenge(
      ChallengeState state, Instant expiresAt, @Nullable Instant codeExpiresAt) {
    return new Challenge(
        "payer-1",
        "chl_1",
        new PaymentBinding("tap_1", "shop-1", Money.of(4200, "CNY")),
        List.of(),
        state,
        null,
        NOW.minusSeconds(60),
        expiresAt,
        null,
        new Challenge.Tries(0, 5),
        new Challenge.SmsProgress(
            1,
            EARLIER,
            "sms_1",
            codeExpiresAt == null ? null : new Challenge.CurrentCode(new byte[32], codeExpiresAt)),
        new Challenge.FaceProgress(0, null));
  }
}
