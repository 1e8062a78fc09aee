package io.tallystick.protocol.log;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Digest;
import java.util.ArrayList;
import java.util.List;

/** A segment of a log: a head to start from and the entry digests after it. Immutable. */
public final class TapLog {
  /** Longest segment handled at once. */
  public static final int MAX_ENTRIES = 100_000;

  private final List<LogHead> heads;

  private TapLog(List<LogHead> heads) {
    this.heads = heads;
  }

  /** The segment that starts at {@code from} and appends the entries in their order. */
  public static TapLog from(LogHead from, List<Digest> entries) {
    requireNonNull(from, "from is null");
    if (entries.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException("more than " + MAX_ENTRIES + " entries");
    }
    List<LogHead> heads = new ArrayList<>(entries.size() + 1);
    heads.add(from);
    LogHead head = from;
    for (Digest entry : entries) {
      head = head.append(entry);
      heads.add(head);
    }
    return new TapLog(List.copyOf(heads));
  }

  /** Where the segment ends. */
  public LogHead head() {
    return heads.get(heads.size() - 1);
  }

  /** Where a head that somebody witnessed stands to this segment. */
  public LogRelation place(LogHead witnessed) {
    long first = heads.get(0).sequence();
    if (witnessed.sequence() < first) {
      return new LogRelation.Unknown();
    }
    if (witnessed.sequence() > head().sequence()) {
      return new LogRelation.Gap(witnessed.sequence() - head().sequence());
    }
    LogHead known = heads.get((int) (witnessed.sequence() - first));
    return known.equals(witnessed)
        ? new LogRelation.Consistent()
        : new LogRelation.Fork(witnessed.sequence());
  }

  /** Whether these entries lead from one head to the other. */
  public static boolean leadsTo(LogHead from, List<Digest> entries, LogHead to) {
    return from(from, entries).head().equals(to);
  }
}
