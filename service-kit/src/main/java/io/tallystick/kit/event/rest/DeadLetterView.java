package io.tallystick.kit.event.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.kit.event.DeadLetters.DeadLetter;
import io.tallystick.kit.event.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A dead letter in JSON, without the event's content: that is other people's.
///
/// @param deliveries how often it was tried
/// @param eventId and what follows: absent if the entry was no event
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetterView(
    long id,
    String stream,
    String entryId,
    String reason,
    String message,
    long deliveries,
    Instant diedAt,
    @Nullable String eventId,
    @Nullable String type,
    @Nullable Instant occurredAt,
    @Nullable Integer bytes,
    @Nullable String traceparent) {
  static DeadLetterView from(DeadLetter letter) {
    Event event = letter.event().orElse(null);
    return new DeadLetterView(
        letter.id(),
        letter.stream().streamName(),
        letter.entryId(),
        letter.reason().name(),
        letter.message(),
        letter.deliveries(),
        letter.diedAt(),
        event == null ? null : event.id().toString(),
        event == null ? null : event.type(),
        event == null ? null : event.occurredAt(),
        event == null ? null : event.data().size(),
        event == null ? null : event.traceparent().orElse(null));
  }
}
