package io.tallystick.sandbox.bench;

import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.code.OfflineCodes;
import java.time.Clock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Fresh offline codes, as the payers' wallets would derive them: those of one payer in rising
/// moments, no moment twice, however many loads a run has.
final class Codes {
  private final Clock clock;
  private long[] lastUsed = {};

  /// A code, and whose it is.
  record Code(String digits, int payer) {}

  Codes(Clock clock) {
    this.clock = clock;
  }

  /// The payers from `first` to before `last` of `payers`, for one caller alone. While shares of
  /// some payers are in use, none of more payers may be asked for.
  Share share(int first, int last, int payers) {
    if (lastUsed.length < payers) {
      lastUsed = Arrays.copyOf(lastUsed, payers);
    }
    return new Share(lastUsed, first, last);
  }

  /// Some payers, in turn. Not thread-safe.
  final class Share {
    private final long[] used;
    private final int first;
    private final int last;
    private int next;

    private Share(long[] used, int first, int last) {
      this.used = used;
      this.first = first;
      this.last = last;
      this.next = first;
    }

    /// The next payer's next code; null when none of them has one left at this time.
    @Nullable Code next() {
      long minute = Math.floorDiv(clock.instant().getEpochSecond(), 60L);
      for (int tried = first; tried < last; tried++) {
        int payer = next;
        next = next + 1 == last ? first : next + 1;
        // Codes of the minute before are left out: they would run out on their way.
        long moment = Math.max(used[payer] + 1, minute * CodeMoment.REFRESHES_PER_MINUTE);
        if (moment / CodeMoment.REFRESHES_PER_MINUTE <= minute + OfflineCodes.MINUTES_EITHER_SIDE) {
          used[payer] = moment;
          return code(payer, moment);
        }
      }
      return null;
    }
  }

  private static Code code(int payer, long moment) {
    CodeMoment at =
        new CodeMoment(
            moment / CodeMoment.REFRESHES_PER_MINUTE,
            (int) (moment % CodeMoment.REFRESHES_PER_MINUTE));
    String digits =
        OfflineCodes.derive(
                BenchPayers.seed(payer), BenchPayers.alias(payer), at, CodeNetwork.DEFAULT)
            .digits();
    return new Code(digits, payer);
  }
}
