package io.tallystick.clearing.challenge.postgres;

import io.tallystick.clearing.challenge.ChallengeEnd;
import io.tallystick.clearing.ledger.postgres.Columns;
import io.tallystick.clearing.payment.postgres.PaymentRows;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Ends of challenges, the first of each payment.
@Singleton
public class PostgresChallengeEnds {
  /// Keeps the first end of each payment.
  public void keepFirst(Handle handle, List<ChallengeEnd> ends) {
    Map<String, ChallengeEnd> first = new LinkedHashMap<>();
    ends.forEach(end -> first.putIfAbsent(end.paymentId(), end));
    Columns.of(first.values())
        .text("payer", ChallengeEnd::payerId)
        .text("payment", ChallengeEnd::paymentId)
        .text("challenge", ChallengeEnd::challengeId)
        .text("outcome", end -> end.outcome().text())
        .text("method", ChallengeEnd::method)
        .instant("ended", ChallengeEnd::endedAt)
        .bind(
            handle.createUpdate(
                """
                INSERT INTO challenge_end
                  (payer_id, payment_id, challenge_id, outcome, method, ended_at)
                SELECT x.payer_id, x.payment_id, x.challenge_id, x.outcome, x.method,
                  x.ended_at::timestamptz
                FROM unnest(:payer, :payment, :challenge, :outcome, :method, :ended)
                  AS x(payer_id, payment_id, challenge_id, outcome, method, ended_at)
                ORDER BY x.payer_id, x.payment_id
                ON CONFLICT (payer_id, payment_id) DO NOTHING
                """))
        .execute();
  }

  /// What is known about these payments' challenges, by payment id.
  public Map<String, ChallengeEnd> find(
      Handle handle, Collection<String> payerIds, Collection<String> paymentIds) {
    Map<String, ChallengeEnd> ends = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT payer_id, payment_id, challenge_id, outcome, method, ended_at FROM challenge_end
            WHERE payer_id = ANY(:payers) AND payment_id = ANY(:payments)
            """)
        .bindArray("payers", String.class, List.copyOf(payerIds))
        .bindArray("payments", String.class, List.copyOf(paymentIds))
        .map((row, _) -> end(row))
        .forEach(end -> ends.put(end.paymentId(), end));
    return ends;
  }

  private static ChallengeEnd end(ResultSet row) throws SQLException {
    return new ChallengeEnd(
        row.getString("payer_id"),
        row.getString("payment_id"),
        row.getString("challenge_id"),
        ChallengeEnd.Outcome.parse(row.getString("outcome")),
        row.getString("method"),
        PaymentRows.required(row, "ended_at"));
  }
}
