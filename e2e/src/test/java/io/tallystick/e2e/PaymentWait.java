package io.tallystick.e2e;

import io.tallystick.sandbox.soak.told.Line;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// How long a caller waited for the answer about a payment.
///
/// @param askedAtMillis Unix time
record PaymentWait(long askedAtMillis, Duration length) {
  /// All of a journal. Of one order after the other: a second call about the same waits for its own
  /// answer.
  static List<PaymentWait> of(List<Line> lines) {
    Map<String, Deque<Long>> asked = new HashMap<>();
    Function<Line, String> order = line -> line.step() + " " + line.subject();
    List<PaymentWait> waits = new ArrayList<>();
    for (Line line : lines) {
      if (line.what() == Line.What.PAY && line.phase() == Line.Phase.ASKS) {
        asked.computeIfAbsent(order.apply(line), _ -> new ArrayDeque<>()).add(line.atMillis());
      } else if (line.what() == Line.What.PAY) {
        long at = asked.get(order.apply(line)).remove();
        waits.add(new PaymentWait(at, Duration.ofMillis(line.atMillis() - at)));
      }
    }
    return waits;
  }
}
