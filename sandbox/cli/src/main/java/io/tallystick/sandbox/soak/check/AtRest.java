package io.tallystick.sandbox.soak.check;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Nothing is on its way any more: outboxes are drained, no order is being decided, nothing waits
/// for a payer or a sweep, and no event was given up.
public final class AtRest implements Check {
  private static final Duration LIMIT = Duration.ofSeconds(150);
  private static final Duration POLL = Duration.ofMillis(500);

  private static final List<String> SCHEMAS =
      List.of("seed", "verify", "clearing", "risk", "notify");

  private static final Map<String, String> WAITING = waiting();

  private static Map<String, String> waiting() {
    Map<String, String> queries = new LinkedHashMap<>();
    for (String schema : SCHEMAS) {
      queries.put(
          "events of " + schema + " that not every service has",
          "select count(*) from %s.outbox where status <> 'delivered'".formatted(schema));
    }
    queries.put(
        "orders being decided",
        "select count(*) from verify.code_order where state in ('authorising', 'awaiting-payer')");
    queries.put(
        "payments that wait for their payer or for a decision",
        "select count(*) from clearing.payment"
            + " where state in ('frozen', 'awaiting-payer', 'received')");
    queries.put(
        "challenges that are open", "select count(*) from notify.challenge where ended_at is null");
    queries.put(
        "holds that are pending", "select count(*) from clearing.hold where state = 'pending'");
    queries.put(
        "credits that wait for a sweep",
        "select count(*) from clearing.merchant_credit"
            + " where sweep_posting_id is null and reversed_at is null"
            + " and amount_minor > returned_minor");
    queries.put(
        "orders that the two services have differently",
        "select count(*) from verify.code_order o join clearing.payment p"
            + " on p.merchant_id = o.merchant_id and p.order_id = o.order_id"
            + " where o.state <> p.state");
    return queries;
  }

  /// What is not at rest, with how much of it; empty when everything is.
  public static Map<String, Long> unrest(Sql sql) throws SQLException {
    Map<String, Long> unrest = new LinkedHashMap<>();
    for (Map.Entry<String, String> query : WAITING.entrySet()) {
      long number = sql.number(query.getValue());
      if (number > 0) {
        unrest.put(query.getKey(), number);
      }
    }
    return unrest;
  }

  /// Waits until nothing is on its way; returns what is after the limit.
  public static Map<String, Long> await(Sql sql) throws InterruptedException, SQLException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    Map<String, Long> unrest = unrest(sql);
    while (!unrest.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(POLL);
      unrest = unrest(sql);
    }
    return unrest;
  }

  @Override
  public String name() {
    return "nothing is on its way and nothing was given up";
  }

  @Override
  public void run(Claims claims, Sql sql, Findings findings) throws SQLException {
    Map<String, Long> unrest = unrest(sql);
    for (String what : WAITING.keySet()) {
      findings.expect(!unrest.containsKey(what), "%d %s", unrest.getOrDefault(what, 0L), what);
    }
    for (String schema : SCHEMAS) {
      List<String> dead =
          sql.texts(
              "select coalesce(type, '?') || ' from ' || stream || ': ' || reason || ', ' ||"
                  + " message"
                  + " from %s.dead_letter".formatted(schema));
      findings.expect(dead.isEmpty(), "%s gave up %d events: %s", schema, dead.size(), dead);
    }
  }
}
