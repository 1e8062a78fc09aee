package io.tallystick.verify.tap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The counters of one device: the highest seen, and the gaps below it that nobody has uploaded.
/// Counters begin at 1. Mutable, used by one transaction under the device's lock.
public final class CounterLedger {
  private final List<Gap> gaps;
  private long highest;

  /// Counters that are missing.
  ///
  /// @param first of the gap
  /// @param last of the gap, inclusive
  public record Gap(long first, long last) {
    public Gap {
      if (first < 1 || last < first) {
        throw new IllegalArgumentException("no gap from " + first + " to " + last);
      }
    }

    boolean contains(long counter) {
      return first <= counter && counter <= last;
    }
  }

  /// @param highest 0 when none was seen
  public CounterLedger(long highest, List<Gap> gaps) {
    this.highest = highest;
    this.gaps = new ArrayList<>(gaps);
  }

  /// Notes a counter; returns how many are missing between the last one known before it and it.
  public long see(long counter) {
    if (counter > highest) {
      long missing = counter - highest - 1;
      if (missing > 0) {
        gaps.add(new Gap(highest + 1, counter - 1));
      }
      highest = counter;
      return missing;
    }
    Optional<Gap> gap = gaps.stream().filter(one -> one.contains(counter)).findFirst();
    return gap.map(one -> fill(one, counter)).orElse(0L);
  }

  public long highest() {
    return highest;
  }

  public List<Gap> gaps() {
    return gaps.stream().sorted(Comparator.comparingLong(Gap::first)).toList();
  }

  /// Splits the gap; what is left of it below the counter is still missing before it.
  private long fill(Gap gap, long counter) {
    gaps.remove(gap);
    if (gap.first() < counter) {
      gaps.add(new Gap(gap.first(), counter - 1));
    }
    if (counter < gap.last()) {
      gaps.add(new Gap(counter + 1, gap.last()));
    }
    return counter - gap.first();
  }
}
