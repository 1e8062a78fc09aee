package io.tallystick.kit.event;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the last look at each partition of the produced streams showed. Replicas take turns at
/// looking, so a value may be a few rounds old.
final class StreamLags {
  private record Group(Partition partition, String name) {}

  private final Map<Partition, Long> entries = new ConcurrentHashMap<>();
  private final Map<Group, Double> lagSeconds = new ConcurrentHashMap<>();

  void entries(Partition partition, long count) {
    entries.put(partition, count);
  }

  void lag(Partition partition, String group, double seconds) {
    lagSeconds.put(new Group(partition, group), seconds);
  }

  /// Of all partitions together.
  double entries(EventStream stream) {
    return entries.entrySet().stream()
        .filter(entry -> entry.getKey().stream() == stream)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /// Of the partition that is furthest behind.
  double lag(EventStream stream, String group) {
    return lagSeconds.entrySet().stream()
        .filter(entry -> entry.getKey().partition().stream() == stream)
        .filter(entry -> entry.getKey().name().equals(group))
        .mapToDouble(Map.Entry::getValue)
        .max()
        .orElse(0);
  }
}
