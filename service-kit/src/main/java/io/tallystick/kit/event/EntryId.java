package io.tallystick.kit.event;

/// Id of a stream entry in Redis: milliseconds, then a sequence number within them. Both unsigned;
/// ids in use are far below the sign bit.
record EntryId(long millis, long sequence) implements Comparable<EntryId> {
  static final EntryId ZERO = new EntryId(0, 0);

  /// Not below any other.
  static final EntryId LAST = new EntryId(Long.MAX_VALUE, Long.MAX_VALUE);

  static EntryId parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 1) {
      throw new IllegalArgumentException("entry id has no dash: " + text);
    }
    return new EntryId(
        Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
  }

  /// The smallest id greater than this.
  EntryId next() {
    return new EntryId(millis, sequence + 1);
  }

  @Override
  public int compareTo(EntryId other) {
    int byMillis = Long.compare(millis, other.millis);
    return byMillis != 0 ? byMillis : Long.compare(sequence, other.sequence);
  }

  @Override
  public String toString() {
    return millis + "-" + sequence;
  }
}
