package io.tallystick.risk.postgres;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// What clearing-service said of payments.
public final class StandingTable {
  /// One statement about a payment.
  ///
  /// @param revision counts the payment's changes; a lower one than known is old news
  /// @param movedMinor what moved and stayed; 0 unless the standing is `moved`
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Row(
      String paymentId,
      String payerId,
      long revision,
      String state,
      String standing,
      long movedMinor,
      String currency,
      Instant paidAt,
      Instant changedAt) {}

  private StandingTable() {}

  /// Keeps the latest of each payment; repeated or late statements change nothing. Rows are written
  /// in the order of the payments' ids, so that two batches can't wait for each other.
  public static void put(Handle handle, List<Row> rows) {
    Map<String, Row> latest = new HashMap<>();
    for (Row row : rows) {
      latest.merge(
          row.paymentId(), row, (known, next) -> next.revision() > known.revision() ? next : known);
    }
    List<Row> sorted =
        latest.values().stream().sorted(Comparator.comparing(Row::paymentId)).toList();
    handle
        .createUpdate(
            """
            insert into payment_standing
              (payment_id, payer_id, revision, state, standing, moved_minor, currency, paid_at, changed_at)
            select * from jsonb_to_recordset(cast(:rows as jsonb)) as r
              (payment_id text, payer_id text, revision bigint, state text, standing text,
               moved_minor bigint, currency text, paid_at timestamptz, changed_at timestamptz)
            on conflict (payment_id, payer_id) do update set
              revision = excluded.revision, state = excluded.state, standing = excluded.standing,
              moved_minor = excluded.moved_minor, currency = excluded.currency,
              paid_at = excluded.paid_at, changed_at = excluded.changed_at
            where payment_standing.revision < excluded.revision
            """)
        .bind("rows", StoredJson.write(sorted))
        .execute();
  }
}
