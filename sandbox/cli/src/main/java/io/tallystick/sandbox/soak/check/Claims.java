package io.tallystick.sandbox.soak.check;

import io.tallystick.sandbox.soak.told.Line;
import io.tallystick.sandbox.soak.told.Line.Phase;
import io.tallystick.sandbox.soak.told.Line.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What callers claim, read from the journal: what they asked for and what they were told.
public final class Claims {
  private final Map<String, OrderClaim> orders = new TreeMap<>();
  private final Map<String, TapClaim> taps = new TreeMap<>();
  private final Map<String, Long> deposits = new TreeMap<>();
  private final Map<String, Line> bills = new TreeMap<>();
  private final Map<String, Line> balances = new TreeMap<>();
  private final List<Line> challenges = new ArrayList<>();
  private final List<Line> strayTaps = new ArrayList<>();

  /// @param lines of one soak, in order
  public Claims(List<Line> lines) {
    for (Line line : lines) {
      switch (line.what()) {
        case DEPOSIT -> deposits.merge(line.subject(), line.minor("amountMinor"), Long::sum);
        case PAY, QUERY, REVERSE, REFUND ->
            orders.computeIfAbsent(line.subject(), OrderClaim::new).add(line);
        case TAP -> addTap(line);
        case HALF -> taps.computeIfAbsent(line.subject(), TapClaim::new).addHalf(line);
        case CHALLENGE -> challenges.add(line);
        case BILL -> bills.put(line.subject(), line);
        case BALANCE -> balances.put(line.subject(), line);
      }
    }
  }

  private void addTap(Line line) {
    if (line.phase() == Phase.ASKS) {
      return;
    }
    if (line.fact("outcome").equals("accepted")) {
      taps.computeIfAbsent(line.subject(), TapClaim::new).taken(line);
    } else {
      strayTaps.add(line);
    }
  }

  /// By `merchant/order`.
  Map<String, OrderClaim> orders() {
    return orders;
  }

  /// Taps that a terminal took, or a half of which was sent, by serial.
  Map<String, TapClaim> taps() {
    return taps;
  }

  /// Money that came in, by payer.
  Map<String, Long> deposits() {
    return deposits;
  }

  /// What payers read at the end, by payment.
  Map<String, Line> bills() {
    return bills;
  }

  /// What payers read at the end, by payer.
  Map<String, Line> balances() {
    return balances;
  }

  /// Answers to challenges, in order.
  List<Line> challengeAnswers() {
    return challenges.stream().filter(line -> line.phase() == Phase.TOLD).toList();
  }

  /// How often callers were told what, for the report.
  public Map<String, Long> outcomes() {
    Map<String, Long> outcomes = new TreeMap<>();
    Stream.of(
            orders.values().stream().flatMap(order -> order.told(What.PAY)),
            orders.values().stream().flatMap(order -> order.told(What.REVERSE)),
            orders.values().stream().flatMap(order -> order.told(What.REFUND)),
            taps.values().stream().flatMap(tap -> tap.lines().stream()),
            strayTaps.stream(),
            challengeAnswers().stream())
        .flatMap(lines -> lines)
        .filter(line -> line.phase() == Phase.TOLD)
        .forEach(line ->
            outcomes.merge(
                line.what().name().toLowerCase(Locale.ROOT) + " " + line.fact("outcome"),
                1L,
                Long::sum));
    return outcomes;
  }

  /// Orders that a caller got no answer about, and that the platform had paid all the same: what
  /// retries must not repeat.
  public long paidWithoutAnswer() {
    return orders.values().stream()
        .filter(order -> order.told(What.PAY).anyMatch(isOutcome(Line.UNKNOWN)))
        .filter(order -> order.finalState().equals("paid"))
        .count();
  }

  static Predicate<Line> isOutcome(String outcome) {
    return line -> line.fact("outcome").equals(outcome);
  }
}
