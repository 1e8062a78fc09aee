package io.tallystick.clearing.audit.postgres;

import io.tallystick.clearing.audit.LedgerReport;
import io.tallystick.clearing.audit.LedgerReport.Counts;
import io.tallystick.clearing.audit.LedgerReport.Finding;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Looks at every invariant in one read-only transaction, which sees one moment.
@Singleton
public class PostgresLedgerCheck {
  /// Most breaches that are reported of one invariant.
  static final int MOST_FINDINGS = 100;

  private static final List<Invariant> ALL =
      Stream.of(MoneyInvariants.ALL, PaymentInvariants.ALL, MerchantInvariants.ALL)
          .flatMap(List::stream)
          .toList();

  /// @param limit how long each query may take
  /// @param overdue halves alone since before this are overdue
  public LedgerReport check(Handle handle, Duration limit, Instant overdue) {
    handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    handle.execute("SET LOCAL statement_timeout = " + limit.toMillis());
    List<Finding> findings = new ArrayList<>();
    ALL.forEach(invariant -> findings.addAll(breaches(handle, invariant)));
    return new LedgerReport(
        findings.isEmpty(), findings, counts(handle, overdue), inSystem(handle));
  }

  private static List<Finding> breaches(Handle handle, Invariant invariant) {
    return handle
        .createQuery(
            "SELECT subject, explanation FROM (%s) breach ORDER BY subject LIMIT :most"
                .formatted(invariant.breaches()))
        .bind("most", MOST_FINDINGS)
        .map((row, _) ->
            new Finding(invariant.check(), row.getString("subject"), row.getString("explanation")))
        .list();
  }

  private static Counts counts(Handle handle, Instant overdue) {
    return handle
        .createQuery(
            """
            SELECT (SELECT count(*) FROM account) AS accounts,
              (SELECT count(*) FROM posting) AS postings,
              (SELECT count(*) FROM entry) AS entries,
              (SELECT count(*) FROM payment) AS payments,
              count(*) FILTER (WHERE halves_state = 'matched') AS matched,
              count(*) FILTER (WHERE halves_state LIKE '%-only') AS alone,
              count(*) FILTER (WHERE halves_state LIKE '%-only'
                AND first_half_at < CAST(:overdue AS timestamptz)) AS overdue,
              count(*) FILTER (WHERE halves_state = 'disputed') AS disputed
            FROM tap
            """)
        .bind("overdue", overdue.toString())
        .map((row, _) ->
            new Counts(
                row.getLong("accounts"),
                row.getLong("postings"),
                row.getLong("entries"),
                row.getLong("payments"),
                row.getLong("matched"),
                row.getLong("alone"),
                row.getLong("overdue"),
                row.getLong("disputed")))
        .one();
  }

  private static Map<String, Long> inSystem(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT currency, -sum(posted_minor) AS minor FROM account
            WHERE kind = 'bank' GROUP BY currency
            """)
        .reduceRows(
            new TreeMap<>(),
            (all, row) -> {
              all.put(row.getColumn("currency", String.class), row.getColumn("minor", Long.class));
              return all;
            });
  }
}
