package io.tallystick.sandbox.soak.check;

import io.tallystick.sandbox.soak.told.Line.What;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whatever a till was told of an order is still so, in its own later answers and in the tables of
/// both services.
final class OrdersKept implements Check {
  /// What may follow a state that was told; the state itself always may.
  private static final Map<String, Set<String>> MAY_BECOME =
      Map.of(
          "paid", Set.of("reversed", "refunded"),
          "refunded", Set.of(),
          "reversed", Set.of(),
          "declined", Set.of(),
          "closed", Set.of());

  private record Payment(
      String paymentId, String payer, long amountMinor, String state, long refundedMinor) {}

  @Override
  public String name() {
    return "every answer about an order was kept";
  }

  @Override
  public void run(Claims claims, Sql sql, Findings findings) throws SQLException {
    Map<String, Payment> payments = payments(sql, findings);
    Map<String, String> orders = new HashMap<>();
    sql.list(
            "select merchant_id || '/' || order_id, state from verify.code_order",
            row -> new String[] {row.getString(1), row.getString(2)})
        .forEach(row -> orders.put(row[0], row[1]));
    for (OrderClaim order : claims.orders().values()) {
      checkAnswers(order, findings);
      checkPayment(order, payments.get(order.subject()), findings);
      String state = order.finalState();
      findings.expect(
          Set.of("unknown-order", "call_refused").contains(state)
              ? !orders.containsKey(order.subject())
              : state.equals(orders.get(order.subject())),
          "order %s: the till was told %s last, verify-service has %s",
          order.subject(),
          state,
          orders.get(order.subject()));
    }
    Set<String> unasked = new HashSet<>(payments.keySet());
    unasked.removeAll(claims.orders().keySet());
    unasked.forEach(subject -> findings.add("order %s was paid and nobody asked for it", subject));
  }

  private static Map<String, Payment> payments(Sql sql, Findings findings) throws SQLException {
    Map<String, Payment> payments = new HashMap<>();
    sql.list(
            "select merchant_id || '/' || order_id, payment_id, payer_id, amount_minor, state,"
                + " refunded_minor from clearing.payment where instrument_kind <> 'tap'",
            row ->
                Map.entry(
                    row.getString(1),
                    new Payment(
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getLong(6))))
        .forEach(row ->
            findings.expect(
                payments.put(row.getKey(), row.getValue()) == null,
                "order %s has two payments",
                row.getKey()));
    return payments;
  }

  /// Every answer follows from the ones before it, and names the same payment and amount.
  private static void checkAnswers(OrderClaim order, Findings findings) {
    List<String> states = order.states();
    for (int i = 0; i + 1 < states.size(); i++) {
      String before = states.get(i);
      String after = states.get(i + 1);
      findings.expect(
          after.equals(before) || MAY_BECOME.getOrDefault(before, Set.of()).contains(after),
          "order %s was told %s and then %s",
          order.subject(),
          before,
          after);
    }
    findings.expect(
        order.statesTold().stream()
                .filter(line -> !line.fact("outcome").equals("declined"))
                .map(line -> line.fact("paymentId"))
                .distinct()
                .count()
            <= 1,
        "order %s was told of two payments",
        order.subject());
    if (order.toldReversed()) {
      findings.expect(
          order.finalState().equals("reversed"),
          "order %s was told to be reversed and is %s",
          order.subject(),
          order.finalState());
    }
    order
        .told(What.QUERY)
        .filter(Claims.isOutcome("refunded"))
        .forEach(line ->
            findings.expect(
                line.minor("refundedMinor") <= line.minor("amountMinor"),
                "more of order %s came back than was paid",
                order.subject()));
  }

  private static void checkPayment(OrderClaim order, @Nullable Payment payment, Findings findings) {
    String state = order.finalState();
    if (payment == null) {
      findings.expect(
          Set.of("declined", "unknown-order", "reversed", "call_refused").contains(state),
          "order %s: the till was told %s, and clearing-service has no payment",
          order.subject(),
          state);
      return;
    }
    findings.expect(
        payment.state().equals(state),
        "order %s: the till was told %s last, the payment is %s",
        order.subject(),
        state,
        payment.state());
    findings.expect(
        payment.payer().equals(order.payer()) && payment.amountMinor() == order.amountMinor(),
        "order %s of %s over %d is a payment of %s over %d",
        order.subject(),
        order.payer(),
        order.amountMinor(),
        payment.payer(),
        payment.amountMinor());
    findings.expect(
        payment.refundedMinor() == order.refundedMinor(),
        "order %s: the till gave %d back, the payment says %d",
        order.subject(),
        order.refundedMinor(),
        payment.refundedMinor());
  }
}
