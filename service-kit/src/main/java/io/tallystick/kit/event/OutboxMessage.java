package io.tallystick.kit.event;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Message;

/// An event to be written: where it goes and what it says.
///
/// @param partitionKey the payer id; the merchant id for what concerns a merchant only
public record OutboxMessage(EventStream stream, String partitionKey, Message message) {
  public OutboxMessage {
    requireNonNull(stream, "stream is null");
    requireNonNull(message, "message is null");
    if (partitionKey.isBlank()) {
      throw new IllegalArgumentException("partitionKey is blank");
    }
  }
}
