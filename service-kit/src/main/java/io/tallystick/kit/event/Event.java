package io.tallystick.kit.event;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// One event as it travels.
///
/// @param id UUIDv7; tells a repeated delivery from a new event
/// @param type simple name of the message: `TapReceived`
/// @param key partition key: the payer, or the merchant for `MerchantSettled`
/// @param occurredAt when the producer wrote it, by the server's clock
/// @param traceparent of the work that caused it
/// @param data the message's bytes
public record Event(
    UUID id,
    String type,
    String key,
    Instant occurredAt,
    Optional<String> traceparent,
    ByteString data) {
  public Event {
    requireNonNull(id, "id is null");
    requireNonNull(type, "type is null");
    requireNonNull(key, "key is null");
    requireNonNull(occurredAt, "occurredAt is null");
    requireNonNull(traceparent, "traceparent is null");
    requireNonNull(data, "data is null");
  }

  /// The message itself.
  ///
  /// @throws UndecodableEventException if the bytes are no such message: the entry becomes a dead
  ///   letter at once
  public <T extends Message> T as(Parser<T> parser) {
    try {
      return parser.parseFrom(data);
    } catch (InvalidProtocolBufferException e) {
      throw new UndecodableEventException("data of " + type + " " + id + " is malformed", e);
    }
  }

  /// The same event as the cause of what its handler brings about.
  Event causing(Optional<String> trace) {
    return new Event(id, type, key, occurredAt, trace, data);
  }

  /// Bytes aren't printed.
  @Override
  public String toString() {
    return "Event[" + type + " " + id + " key=" + key + " " + data.size() + " bytes]";
  }
}
