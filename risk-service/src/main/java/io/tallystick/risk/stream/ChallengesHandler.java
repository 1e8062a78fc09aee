package io.tallystick.risk.stream;

import io.tallystick.api.events.v1.ChallengeEnded;
import io.tallystick.kit.event.Event;
import io.tallystick.kit.event.EventHandler;
import io.tallystick.kit.event.EventStream;
import io.tallystick.risk.postgres.ConfirmationTable;
import io.tallystick.risk.postgres.DecisionTable;
import io.tallystick.risk.postgres.ProfileTable;
import io.tallystick.risk.proto.Messages;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Learns how challenges ended. A passed one vouches for what had frozen the payment; a failed one
/// raises caution; an expired one says nothing: the payer may just not have looked.
@Singleton
public class ChallengesHandler implements EventHandler {
  private static final String ENDED = ChallengeEnded.getDescriptor().getName();

  @Override
  public EventStream stream() {
    return EventStream.CHALLENGES;
  }

  @Override
  public Set<String> types() {
    return Set.of(ENDED);
  }

  @Override
  public void handle(Handle handle, Event event) {
    handleBatch(handle, List.of(event));
  }

  @Override
  public void handleBatch(Handle handle, List<Event> events) {
    List<ChallengeEnded> ended =
        events.stream().map(event -> event.as(ChallengeEnded.parser())).toList();
    ProfileTable.lock(handle, ended.stream().map(ChallengeEnded::getPayerId).toList());
    ended.forEach(challenge -> note(handle, challenge));
  }

  private static void note(Handle handle, ChallengeEnded challenge) {
    Instant at = Messages.instant(challenge.getEndedAt(), "ended_at");
    switch (challenge.getOutcome()) {
      case CHALLENGE_OUTCOME_PASSED -> {
        ProfileTable.notePass(handle, challenge.getPayerId(), at);
        // No decision: the payment stepped up because there was no answer in time, so there is
        // nothing to vouch for.
        DecisionTable.find(handle, challenge.getPaymentId())
            .ifPresent(decision -> ConfirmationTable.confirm(handle, decision, at));
      }
      case CHALLENGE_OUTCOME_FAILED ->
          ProfileTable.noteFailure(handle, challenge.getPayerId(), challenge.getPaymentId(), at);
      case CHALLENGE_OUTCOME_EXPIRED -> {
        // Nothing is learnt.
      }
      case CHALLENGE_OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("outcome is unknown: " + challenge.getOutcomeValue());
    }
  }
}
