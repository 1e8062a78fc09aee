package io.tallystick.notify.challenge;

import io.grpc.Context;
import io.micrometer.core.instrument.Metrics;
import io.tallystick.api.events.v1.ChallengeEnded;
import io.tallystick.api.events.v1.ChallengeOutcome;
import io.tallystick.kit.event.EventStream;
import io.tallystick.kit.event.Outbox;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.kit.trace.TraceContext;
import io.tallystick.protocol.state.ChallengeState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The only way in which a challenge ends: the conditional update, the event and the end of its
/// queued messages are one transaction.
@ApplicationScoped
public class ChallengeEnds {
  /// Counter of ended challenges.
  public static final String METRIC = "tallystick.notify.challenges";

  private final ChallengeStore store;
  private final SmsQueue queue;
  private final Outbox outbox;

  ChallengeEnds(ChallengeStore store, SmsQueue queue, Outbox outbox) {
    this.store = store;
    this.queue = queue;
    this.outbox = outbox;
  }

  /// Ends an open challenge. A challenge that has ended stays as it is, and nothing is published.
  void end(
      Handle handle,
      Challenge open,
      ChallengeState end,
      Challenge.@Nullable Method method,
      Instant now) {
    Challenge ended =
        new Challenge(
            open.payerId(),
            open.challengeId(),
            open.payment(),
            open.reasons(),
            end,
            method,
            open.createdAt(),
            open.expiresAt(),
            now,
            open.tries(),
            open.sms(),
            open.face());
    if (store.end(handle, ended)) {
      queue.drop(handle, ended.payerId(), ended.challengeId(), "challenge ended", now);
      String trace = store.traceparent(handle, ended).or(TraceContext::current).orElse(null);
      TraceContext.in(Context.current(), trace)
          .run(() ->
              outbox.append(handle, EventStream.CHALLENGES, ended.payerId(), event(ended, now)));
      handle.afterCommit(() -> count(ended));
    }
  }

  private static void count(Challenge ended) {
    Challenge.Method method = ended.method();
    Metrics.counter(
            METRIC,
            "outcome",
            ended.state().name(),
            "method",
            method == null ? "none" : method.text())
        .increment();
  }

  private static ChallengeEnded event(Challenge ended, Instant now) {
    Challenge.Method method = ended.method();
    return ChallengeEnded.newBuilder()
        .setChallengeId(ended.challengeId())
        .setPaymentId(ended.payment().paymentId())
        .setPayerId(ended.payerId())
        .setOutcome(outcome(ended.state()))
        .setMethod(method == null ? "" : method.text())
        .setEndedAt(ProtoTime.of(now))
        .build();
  }

  private static ChallengeOutcome outcome(ChallengeState state) {
    return switch (state) {
      case ChallengeState.Passed _ -> ChallengeOutcome.CHALLENGE_OUTCOME_PASSED;
      case ChallengeState.Failed _ -> ChallengeOutcome.CHALLENGE_OUTCOME_FAILED;
      case ChallengeState.Expired _ -> ChallengeOutcome.CHALLENGE_OUTCOME_EXPIRED;
      case ChallengeState.Created _, ChallengeState.Delivered _ ->
          throw new AssertionError("an open state is no end");
    };
  }
}
