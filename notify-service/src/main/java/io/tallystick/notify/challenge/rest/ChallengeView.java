package io.tallystick.notify.challenge.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.notify.challenge.Challenge;
import io.tallystick.notify.challenge.ChallengeDetails;
import io.tallystick.notify.json.MoneyView;
import io.tallystick.notify.reason.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A challenge in JSON.
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChallengeView(
    String challengeId,
    String paymentId,
    String merchantId,
    MoneyView amount,
    String state,
    List<String> methods,
    List<Reason> reasons,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant endedAt,
    @Nullable String method,
    @Nullable SmsView sms) {

  /// The codes of a challenge.
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SmsView(
      String delivery,
      @Nullable Instant codeExpiresAt,
      int triesLeft,
      int sendsLeft,
      @Nullable Instant resendAt) {}

  static ChallengeView from(ChallengeDetails details) {
    Challenge challenge = details.challenge();
    return new ChallengeView(
        challenge.challengeId(),
        challenge.payment().paymentId(),
        challenge.payment().merchantId(),
        MoneyView.from(challenge.payment().amount()),
        challenge.state().name(),
        details.methods().stream().map(Challenge.Method::text).toList(),
        challenge.reasons(),
        challenge.createdAt(),
        challenge.expiresAt(),
        challenge.endedAt(),
        Optional.ofNullable(challenge.method()).map(Challenge.Method::text).orElse(null),
        details.smsDelivery().map(delivery -> sms(details, delivery)).orElse(null));
  }

  private static SmsView sms(ChallengeDetails details, String delivery) {
    Challenge challenge = details.challenge();
    Challenge.CurrentCode code = challenge.sms().code();
    return new SmsView(
        delivery,
        code == null ? null : code.expiresAt(),
        challenge.tries().left(),
        details.sendsLeft(),
        details.resendAt().orElse(null));
  }
}
