package io.tallystick.sandbox.soak.check;

import io.tallystick.sandbox.soak.told.Line;
import io.tallystick.sandbox.soak.told.Line.Phase;
import io.tallystick.sandbox.soak.told.Line.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a till knows of one of its orders.
final class OrderClaim {
  private final String subject;
  private final List<Line> lines = new ArrayList<>();

  /// @param subject `merchant/order`
  OrderClaim(String subject) {
    this.subject = subject;
  }

  void add(Line line) {
    lines.add(line);
  }

  String subject() {
    return subject;
  }

  private Line asked() {
    return lines.stream()
        .filter(line -> line.phase() == Phase.ASKS && line.what() == What.PAY)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(subject + " was never presented"));
  }

  String payer() {
    return asked().fact("payer");
  }

  long amountMinor() {
    return asked().minor("amountMinor");
  }

  /// Digest of the code it was paid with.
  String code() {
    return asked().fact("code");
  }

  /// What it was told, in order.
  Stream<Line> told(What what) {
    return lines.stream().filter(line -> line.phase() == Phase.TOLD && line.what() == what);
  }

  /// The answers that told a state, in order, without those that mean "ask again".
  List<Line> statesTold() {
    return lines.stream()
        .filter(line -> line.phase() == Phase.TOLD)
        .filter(line -> line.what() == What.PAY || line.what() == What.QUERY)
        .filter(line -> !UNDECIDED.contains(line.fact("outcome")))
        .toList();
  }

  /// The states that those told of, in order. An order that is presented again after a refund is
  /// answered as paid, which it was; only a query names the refund, and a till asks that when
  /// presenting stays without an answer. So such an answer takes nothing back.
  List<String> states() {
    List<String> states = new ArrayList<>();
    for (Line told : statesTold()) {
      String state = state(told);
      boolean isRepetition = told.what() == What.PAY && state.equals("paid");
      boolean isRefunded = !states.isEmpty() && states.getLast().equals("refunded");
      states.add(isRepetition && isRefunded ? "refunded" : state);
    }
    return states;
  }

  /// The state that an answer tells of. An order that is presented again after it was taken back,
  /// or after its payer did not confirm it, is answered as declined, with that reason: it will not
  /// be paid. A query names the state itself, so the last one tells an order that was closed from
  /// one that risk declined.
  private String state(Line told) {
    String outcome = told.fact("outcome");
    if (!outcome.equals("declined")) {
      return outcome;
    }
    return switch (told.facts().getOrDefault("reason", "")) {
      case "reversed" -> "reversed";
      case "risk_refused" ->
          told.what() == What.PAY && finalState().equals("closed") ? "closed" : outcome;
      default -> outcome;
    };
  }

  private static final Set<String> UNDECIDED =
      Set.of(Line.UNKNOWN, "authorising", "awaiting-payer", "unknown-order", "call_refused");

  /// The last answer about it.
  String finalState() {
    return told(What.QUERY).reduce((_, last) -> last).map(this::state).orElse("");
  }

  /// What the payer has paid for it in the end, by what the till was told last.
  long keptMinor() {
    Line last = told(What.QUERY).reduce((_, line) -> line).orElse(null);
    if (last == null) {
      return 0;
    }
    return switch (last.fact("outcome")) {
      case "paid" -> last.minor("amountMinor");
      case "refunded" -> last.minor("amountMinor") - last.minor("refundedMinor");
      default -> 0;
    };
  }

  /// What it was told to have given back, each refund id once.
  long refundedMinor() {
    Map<String, Long> byId = new TreeMap<>();
    told(What.REFUND)
        .filter(Claims.isOutcome("refunded"))
        .forEach(line -> byId.put(line.fact("refundId"), line.minor("amountMinor")));
    return byId.values().stream().mapToLong(Long::longValue).sum();
  }

  boolean toldReversed() {
    return told(What.REVERSE).anyMatch(Claims.isOutcome("reversed"));
  }
}
