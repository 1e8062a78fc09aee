package io.tallystick.kit.event;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The streams between services: who produces each and which services consume it. A consumer group
/// has the name of its service.
public enum EventStream {
  DEVICES("seed", "clearing", "verify", "risk", "notify"),
  TOKENS("verify", "risk", "clearing", "seed"),
  DECISIONS("risk", "clearing"),
  PAYMENTS("clearing", "notify", "verify", "risk", "seed"),
  CHALLENGES("notify", "clearing", "risk");

  private final String producer;
  private final List<String> groups;

  EventStream(String producer, String... groups) {
    this.producer = producer;
    this.groups = List.of(groups);
  }

  /// Name in Redis keys, in the database and in metrics: the lower-case name.
  public String streamName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The only service that publishes to it.
  public String producer() {
    return producer;
  }

  /// The services that must have acknowledged an event before it is delivered.
  public List<String> groups() {
    return groups;
  }

  /// Redis key of one partition. The braces are a hash tag: all keys of a partition are in one
  /// slot.
  public String key(int partition) {
    return "tallystick:{" + streamName() + ":" + partition + "}";
  }

  /// Redis key of a partition's counter of published batches.
  String beatKey(int partition) {
    return key(partition) + ":beat";
  }

  /// Redis key of a partition's dead letters.
  String deadKey(int partition) {
    return key(partition) + ":dead";
  }

  /// The stream of this name.
  public static Optional<EventStream> named(String streamName) {
    for (EventStream stream : values()) {
      if (stream.streamName().equals(streamName)) {
        return Optional.of(stream);
      }
    }
    return Optional.empty();
  }
}
