package io.tallystick.risk.postgres;

import io.tallystick.kit.database.Pipeline;
import io.tallystick.kit.rest.TimeCursor;
import io.tallystick.risk.decision.Decision;
import io.tallystick.risk.history.History;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.rule.Judgement;
import io.tallystick.risk.rule.RiskOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Observations and decisions.
public final class DecisionTable {
  private DecisionTable() {}

  /// The decisions there are of these payments.
  public static Map<String, Decision> find(Handle handle, Collection<String> paymentIds) {
    Map<String, Decision> found = new HashMap<>();
    Pipeline pipeline = Pipeline.on(handle);
    find(pipeline, paymentIds, decision -> found.put(decision.paymentId(), decision));
    pipeline.send();
    return found;
  }

  /// As [#find(Handle, Collection)] once `pipeline` is sent.
  public static void find(
      Pipeline pipeline, Collection<String> paymentIds, Consumer<Decision> found) {
    pipeline.query(
        pipeline
            .handle()
            .createQuery(
                "select * from decision where payment_id = any (cast(:payments as text[]))")
            .bind("payments", paymentIds.toArray(String[]::new)),
        (row, _) -> decision(row),
        decisions -> decisions.forEach(found));
  }

  public static Optional<Decision> find(Handle handle, String paymentId) {
    return Optional.ofNullable(find(handle, List.of(paymentId)).get(paymentId));
  }

  /// Stores payments and what was decided about them. A payment that has a decision already fails
  /// the whole.
  public static void insert(Handle handle, List<Decision> decisions) {
    if (decisions.isEmpty()) {
      return;
    }
    Pipeline pipeline = Pipeline.on(handle);
    pipeline.update(
        handle
            .createUpdate(
                """
                insert into observation
                  (payment_id, payer_id, device_id, way, terminal_id, amount_minor, currency, paid_at,
                   received_at, latitude, longitude, counter, allowance_left_minor)
                select * from jsonb_to_recordset(cast(:rows as jsonb)) as r
                  (payment_id text, payer_id text, device_id text, way text, terminal_id text,
                   amount_minor bigint, currency text, paid_at timestamptz, received_at timestamptz,
                   latitude double precision, longitude double precision, counter bigint,
                   allowance_left_minor bigint)
                """)
            .bind(
                "rows",
                StoredJson.write(
                    decisions.stream()
                        .map(Decision::observation)
                        .map(ObservationRow::of)
                        .toList())));
    pipeline.update(
        handle
            .createUpdate(
                """
                insert into decision
                  (payment_id, decision_id, payer_id, outcome, rules, thresholds_version, decided_at,
                   observation, history, findings)
                select payment_id, decision_id, payer_id, outcome,
                       array(select jsonb_array_elements_text(rules)), thresholds_version, decided_at,
                       observation, history, findings
                from jsonb_to_recordset(cast(:rows as jsonb)) as r
                  (payment_id text, decision_id uuid, payer_id text, outcome text, rules jsonb,
                   thresholds_version text, decided_at timestamptz, observation jsonb, history jsonb,
                   findings jsonb)
                """)
            .bind("rows", StoredJson.write(decisions.stream().map(DecisionRow::of).toList())));
    pipeline.send();
  }

  /// A payer's decisions, newest first.
  ///
  /// @param from decided at or after this
  /// @param to decided before this
  /// @param after goes on behind this one; null to begin
  public static List<Decision> list(
      Handle handle,
      String payerId,
      Instant from,
      Instant to,
      @Nullable TimeCursor after,
      int most) {
    return handle
        .createQuery(
            """
            select * from decision
            where payer_id = :payer and decided_at >= :from and decided_at < :to
              and (cast(:at as timestamptz) is null
                   or (decided_at, payment_id) < (cast(:at as timestamptz), :payment))
            order by decided_at desc, payment_id desc limit :most
            """)
        .bind("payer", payerId)
        .bind("from", from)
        .bind("to", to)
        .bind("at", after == null ? null : after.at())
        .bind("payment", after == null ? null : after.id())
        .bind("most", most)
        .map((row, _) -> decision(row))
        .list();
  }

  /// All payers' decisions, oldest first.
  ///
  /// @param from decided at or after this
  /// @param to decided before this
  /// @param after goes on behind this one; null to begin
  public static List<Decision> inOrder(
      Handle handle, Instant from, Instant to, @Nullable TimeCursor after, int most) {
    return handle
        .createQuery(
            """
            select * from decision
            where decided_at >= :from and decided_at < :to
              and (cast(:at as timestamptz) is null
                   or (decided_at, payment_id) > (cast(:at as timestamptz), :payment))
            order by decided_at, payment_id limit :most
            """)
        .bind("from", after == null ? from : after.at())
        .bind("to", to)
        .bind("at", after == null ? null : after.at())
        .bind("payment", after == null ? null : after.id())
        .bind("most", most)
        .map((row, _) -> decision(row))
        .list();
  }

  private static Decision decision(ResultSet row) throws SQLException {
    return new Decision(
        row.getObject("decision_id", UUID.class),
        StoredJson.read(row.getString("observation"), Observation.class),
        StoredJson.read(row.getString("history"), History.class),
        new Judgement(
            RiskOutcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
            StoredJson.readFindings(row.getString("findings"))),
        row.getString("thresholds_version"),
        Rows.instant(row, "decided_at"));
  }
}
