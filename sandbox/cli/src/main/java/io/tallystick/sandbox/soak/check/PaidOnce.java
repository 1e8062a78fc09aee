package io.tallystick.sandbox.soak.check;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// No payment took its money twice, none took money without saying so, no code paid two orders.
final class PaidOnce implements Check {
  private record Moved(
      String paymentId,
      String state,
      long amountMinor,
      long refundedMinor,
      long payerMinor,
      long times) {}

  @Override
  public String name() {
    return "no payment was made twice";
  }

  @Override
  public void run(Claims claims, Sql sql, Findings findings) throws SQLException {
    for (Moved payment : moved(sql)) {
      long expected = -keptMinor(payment);
      findings.expect(
          payment.payerMinor() == expected,
          "payment %s is %s over %d (%d given back): the payer's entries sum to %d, not %d",
          payment.paymentId(),
          payment.state(),
          payment.amountMinor(),
          payment.refundedMinor(),
          payment.payerMinor(),
          expected);
      findings.expect(
          payment.times() <= 1,
          "payment %s moved its money %d times",
          payment.paymentId(),
          payment.times());
    }
    oneOrderACode(claims, findings);
  }

  private static long keptMinor(Moved payment) {
    return switch (payment.state()) {
      case "paid", "refunded", "cleared", "settled" ->
          payment.amountMinor() - payment.refundedMinor();
      default -> 0;
    };
  }

  private static List<Moved> moved(Sql sql) throws SQLException {
    return sql.list(
        """
        select p.payment_id, p.state, p.amount_minor, p.refunded_minor,
               coalesce(sum(e.amount_minor) filter (where e.account_owner_id = p.payer_id), 0),
               count(distinct o.posting_id) filter (where o.kind = 'payment')
        from clearing.payment p
        left join clearing.posting o on o.payment_id = p.payment_id
        left join clearing.entry e on e.owner_id = o.owner_id and e.posting_id = o.posting_id
        group by p.payer_id, p.payment_id\
        """,
        row ->
            new Moved(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6)));
  }

  private static void oneOrderACode(Claims claims, Findings findings) {
    Map<String, String> paidBy = new HashMap<>();
    for (OrderClaim order : claims.orders().values()) {
      boolean paid = order.statesTold().stream().anyMatch(Claims.isOutcome("paid"));
      if (paid) {
        String other = paidBy.put(order.code(), order.subject());
        findings.expect(other == null, "one code paid %s and %s", other, order.subject());
      }
    }
  }
}
