package io.tallystick.risk.postgres;

import io.tallystick.kit.database.Pipeline;
import io.tallystick.risk.history.Caution;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/// The payers' profiles: what is serialised per payer hangs on their row locks.
public final class ProfileTable {
  private ProfileTable() {}

  /// Locks the payers' rows in the order of their ids, making those that are missing, until the
  /// transaction ends. What other transactions decided about these payers before is visible to
  /// every statement that follows.
  ///
  /// @return the last failed challenge of those who have one
  public static Map<String, Caution> lock(Handle handle, Collection<String> payerIds) {
    Map<String, Caution> cautions = new HashMap<>();
    Pipeline pipeline = Pipeline.on(handle);
    lock(pipeline, payerIds, cautions::put);
    pipeline.send();
    return cautions;
  }

  /// As [#lock(Handle, Collection)] once `pipeline` is sent; what is added to it after this sees
  /// what other transactions decided about these payers before.
  public static void lock(
      Pipeline pipeline, Collection<String> payerIds, BiConsumer<String, Caution> cautions) {
    String[] sorted = new TreeSet<>(payerIds).toArray(String[]::new);
    pipeline.update(
        pipeline
            .handle()
            .createUpdate(
                """
                insert into payer_profile (payer_id)
                select payer_id from unnest(cast(:payers as text[])) as asked (payer_id)
                order by payer_id
                on conflict do nothing
                """)
            .bind("payers", sorted));
    pipeline.query(
        pipeline
            .handle()
            .createQuery(
                """
                select payer_id, failed_payment_id, failed_challenge_at, passed_challenge_at
                from payer_profile where payer_id = any (cast(:payers as text[]))
                order by payer_id for update
                """)
            .bind("payers", sorted),
        (row, _) -> {
          Instant failedAt = Rows.instantOrNull(row, "failed_challenge_at");
          if (failedAt != null) {
            cautions.accept(
                row.getString("payer_id"),
                new Caution(
                    row.getString("failed_payment_id"),
                    failedAt,
                    Rows.instantOrNull(row, "passed_challenge_at")));
          }
          return row.getString("payer_id");
        },
        _ -> {});
  }

  /// Notes a failed challenge; of several the latest counts. The row must be locked.
  public static void noteFailure(Handle handle, String payerId, String paymentId, Instant at) {
    handle
        .createUpdate(
            """
            update payer_profile set failed_challenge_at = :at, failed_payment_id = :payment
            where payer_id = :payer and (failed_challenge_at is null or failed_challenge_at < :at)
            """)
        .bind("payer", payerId)
        .bind("payment", paymentId)
        .bind("at", at)
        .execute();
  }

  /// Notes a passed challenge; of several the latest counts. The row must be locked.
  public static void notePass(Handle handle, String payerId, Instant at) {
    handle
        .createUpdate(
            """
            update payer_profile set passed_challenge_at = greatest(passed_challenge_at, :at)
            where payer_id = :payer
            """)
        .bind("payer", payerId)
        .bind("at", at)
        .execute();
  }
}
