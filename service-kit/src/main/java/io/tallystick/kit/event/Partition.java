package io.tallystick.kit.event;

import java.util.Comparator;

/// One partition of one stream.
record Partition(EventStream stream, int number) implements Comparable<Partition> {
  private static final Comparator<Partition> ORDER =
      Comparator.comparing(Partition::stream).thenComparingInt(Partition::number);

  String key() {
    return stream.key(number);
  }

  @Override
  public int compareTo(Partition other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return stream.streamName() + ":" + number;
  }
}
