package io.tallystick.sandbox.soak.check;

import io.tallystick.sandbox.soak.told.Line;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Every challenge ended, both services know how, the money followed, and nothing is frozen any
/// more.
final class ChallengesEnded implements Check {
  private record Ended(
      String challengeId, String paymentId, String state, String atClearing, String payment) {}

  @Override
  public String name() {
    return "every challenge ended and every frozen amount moved on";
  }

  @Override
  public void run(Claims claims, Sql sql, Findings findings) throws SQLException {
    Map<String, String> states = new HashMap<>();
    for (Ended challenge : challenges(sql)) {
      states.put(challenge.challengeId(), challenge.state());
      checkEnd(challenge, findings);
    }
    for (Line answer : claims.challengeAnswers()) {
      String told = answer.fact("outcome");
      if (told.equals("passed") || told.equals("failed")) {
        findings.expect(
            told.equals(states.get(answer.subject())),
            "the payer was told that challenge %s is %s, and it is %s",
            answer.subject(),
            told,
            states.get(answer.subject()));
      }
    }
    sql.texts("select payment_id from clearing.hold where state = 'pending'")
        .forEach(payment -> findings.add("money for %s is still held", payment));
    sql.texts("select account_id from clearing.account where held_minor <> 0")
        .forEach(account -> findings.add("account %s has something held", account));
    sql.texts("select payment_id from clearing.payment where state in ('frozen', 'awaiting-payer')")
        .forEach(payment -> findings.add("payment %s still waits for its payer", payment));
    sql.texts(
            "select p.payment_id from clearing.payment_change p where p.state in ('frozen',"
                + " 'awaiting-payer') and not exists (select from notify.challenge c where"
                + " c.payment_id = p.payment_id) and not exists (select from"
                + " clearing.payment_change r where r.payment_id = p.payment_id and r.state ="
                + " 'reversed')")
        .forEach(payment -> findings.add("the payer of %s was never asked", payment));
  }

  private static List<Ended> challenges(Sql sql) throws SQLException {
    return sql.list(
        """
        select c.challenge_id, c.payment_id, c.state, coalesce(e.outcome, ''), coalesce(p.state, '')
        from notify.challenge c
        left join clearing.challenge_end e on e.payment_id = c.payment_id
        left join clearing.payment p on p.payment_id = c.payment_id\
        """,
        row ->
            new Ended(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5)));
  }

  private static void checkEnd(Ended challenge, Findings findings) {
    findings.expect(
        Set.of("passed", "failed", "expired").contains(challenge.state()),
        "challenge %s about %s has not ended: %s",
        challenge.challengeId(),
        challenge.paymentId(),
        challenge.state());
    findings.expect(
        challenge.state().equals(challenge.atClearing()),
        "challenge %s is %s, clearing-service has heard '%s'",
        challenge.challengeId(),
        challenge.state(),
        challenge.atClearing());
    Set<String> follows =
        challenge.state().equals("passed")
            ? Set.of("paid", "refunded", "reversed", "cleared", "settled")
            : Set.of("closed", "returned", "reversed");
    findings.expect(
        follows.contains(challenge.payment()),
        "challenge %s is %s and payment %s is %s",
        challenge.challengeId(),
        challenge.state(),
        challenge.paymentId(),
        challenge.payment());
  }
}
