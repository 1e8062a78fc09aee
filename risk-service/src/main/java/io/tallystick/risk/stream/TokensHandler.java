package io.tallystick.risk.stream;

import io.tallystick.api.events.v1.TapConflict;
import io.tallystick.api.events.v1.TapReceived;
import io.tallystick.kit.event.Event;
import io.tallystick.kit.event.EventHandler;
import io.tallystick.kit.event.EventStream;
import io.tallystick.kit.event.Outbox;
import io.tallystick.kit.event.OutboxMessage;
import io.tallystick.risk.decision.Decision;
import io.tallystick.risk.decision.Scored;
import io.tallystick.risk.history.DoubleSpend;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.postgres.DeviceTable;
import io.tallystick.risk.postgres.ProfileTable;
import io.tallystick.risk.proto.Messages;
import io.tallystick.risk.proto.TapMessages;
import io.tallystick.risk.scoring.Scorer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Decides taps by their first half and publishes the decisions; notes double spends. Double spends
/// of a batch count for the taps of the same batch.
@Singleton
public class TokensHandler implements EventHandler {
  private static final String RECEIVED = TapReceived.getDescriptor().getName();
  private static final String CONFLICT = TapConflict.getDescriptor().getName();

  private final Scorer scorer;
  private final Outbox outbox;

  @Inject
  TokensHandler(Scorer scorer, Outbox outbox) {
    this.scorer = scorer;
    this.outbox = outbox;
  }

  @Override
  public EventStream stream() {
    return EventStream.TOKENS;
  }

  @Override
  public Set<String> types() {
    return Set.of(RECEIVED, CONFLICT);
  }

  @Override
  public void handle(Handle handle, Event event) {
    handleBatch(handle, List.of(event));
  }

  @Override
  public void handleBatch(Handle handle, List<Event> events) {
    List<Observation> taps =
        events.stream()
            .filter(event -> event.type().equals(RECEIVED))
            .map(event -> TapMessages.observation(event.as(TapReceived.parser())))
            .toList();
    List<TapConflict> conflicts =
        events.stream()
            .filter(event -> event.type().equals(CONFLICT))
            .map(event -> event.as(TapConflict.parser()))
            .toList();
    ProfileTable.lock(
        handle,
        Stream.concat(
                taps.stream().map(Observation::payerId),
                conflicts.stream().map(TapConflict::getPayerId))
            .toList());
    conflicts.forEach(conflict -> note(handle, conflict));
    if (!taps.isEmpty()) {
      publish(handle, taps);
    }
  }

  private static void note(Handle handle, TapConflict conflict) {
    DeviceTable.spentTwice(
        handle,
        conflict.getPayerId(),
        Messages.deviceId(conflict.getDeviceId()),
        new DoubleSpend(
            Messages.serial(conflict.getSerial()),
            conflict.getEvidenceId(),
            Messages.instant(conflict.getDetectedAt(), "detected_at")));
  }

  private void publish(Handle handle, List<Observation> taps) {
    List<OutboxMessage> decided = new ArrayList<>();
    for (Scored scored : scorer.score(handle, taps).values()) {
      switch (scored) {
        case Scored.Fresh(Decision decision) ->
            decided.add(
                new OutboxMessage(
                    EventStream.DECISIONS,
                    decision.observation().payerId(),
                    TapMessages.decided(decision)));
        case Scored.Known _ -> {
          // The second half, or a repeat: decided and published before.
        }
      }
    }
    outbox.append(handle, decided);
  }
}
