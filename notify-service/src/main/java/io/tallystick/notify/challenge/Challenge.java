package io.tallystick.notify.challenge;

import static java.util.Objects.requireNonNull;

import io.tallystick.notify.reason.Reason;
import io.tallystick.protocol.state.ChallengeState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A challenge as it is stored.
///
/// @param method what ended it, absent while it is open and when it expired unanswered
/// @param reasons why risk asked for it
public record Challenge(
    String payerId,
    String challengeId,
    PaymentBinding payment,
    List<Reason> reasons,
    ChallengeState state,
    @Nullable Method method,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant endedAt,
    Tries tries,
    SmsProgress sms,
    FaceProgress face) {
  public Challenge {
    requireNonNull(payerId, "payerId is null");
    requireNonNull(challengeId, "challengeId is null");
    requireNonNull(payment, "payment is null");
    reasons = List.copyOf(reasons);
    requireNonNull(state, "state is null");
  }

  /// Whether an answer can still change it.
  public boolean open() {
    return !state.isFinal();
  }

  /// The state from which it is answered. A code may reach the phone, and its answer this service,
  /// before the SMS centre's acknowledgement is stored; then it was delivered all the same.
  ChallengeState.Delivered delivered() {
    return switch (state) {
      case ChallengeState.Created created -> created.deliver(tries.left());
      case ChallengeState.Delivered delivered -> delivered;
      case ChallengeState.Passed _, ChallengeState.Failed _, ChallengeState.Expired _ ->
          throw new AssertionError("the challenge has ended");
    };
  }

  /// What it becomes when its time is over.
  ChallengeState.Expired expired() {
    return switch (state) {
      case ChallengeState.Created created -> created.expire();
      case ChallengeState.Delivered delivered -> delivered.expire();
      case ChallengeState.Passed _, ChallengeState.Failed _, ChallengeState.Expired _ ->
          throw new AssertionError("the challenge has ended");
    };
  }

  /// Whether its time is over, ended or not.
  public boolean overdue(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /// How it was answered.
  public enum Method {
    SMS("sms"),
    FACE("face");

    private final String text;

    Method(String text) {
      this.text = text;
    }

    static Method parse(String text) {
      return switch (text) {
        case "sms" -> SMS;
        case "face" -> FACE;
        default -> throw new IllegalArgumentException("method is unknown: " + text);
      };
    }

    /// As in events, JSON and SQL.
    public String text() {
      return text;
    }
  }

  /// Answers by SMS, right and wrong.
  public record Tries(int used, int allowed) {
    public int left() {
      return allowed - used;
    }
  }

  /// @param sends codes asked for so far
  /// @param sentAt when the last one was asked for
  /// @param smsId the message that carries it
  /// @param code absent until one was asked for
  public record SmsProgress(
      int sends, @Nullable Instant sentAt, @Nullable String smsId, @Nullable CurrentCode code) {}

  /// The code that an answer is compared with.
  public record CurrentCode(byte[] hash, Instant expiresAt) {
    @Override
    public String toString() {
      return "CurrentCode[until " + expiresAt + "]";
    }
  }

  /// @param ceremonies options handed out so far
  /// @param nonce of the last ones, absent once they were answered
  public record FaceProgress(int ceremonies, @Nullable CurrentNonce nonce) {}

  /// What makes a face ceremony's challenge unpredictable.
  public record CurrentNonce(byte[] bytes, Instant expiresAt) {
    @Override
    public String toString() {
      return "CurrentNonce[until " + expiresAt + "]";
    }
  }
}
