package io.tallystick.clearing.tap.postgres;

import io.tallystick.clearing.ledger.postgres.Columns;
import io.tallystick.clearing.tap.Conflict;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Evidence of second tokens.
@Singleton
public class PostgresConflicts {
  /// Keeps each piece of evidence once.
  public void insert(Handle handle, List<Conflict> conflicts) {
    Columns.of(conflicts)
        .text("payer", Conflict::payerId)
        .text("payment", Conflict::paymentId)
        .text("evidence", Conflict::evidenceId)
        .text("digest", Conflict::secondTokenDigest)
        .text("merchant", Conflict::secondMerchantId)
        .text("terminal", Conflict::secondTerminalId)
        .int8("amount", c -> c.secondAmount().amountMinor())
        .text("currency", c -> c.secondAmount().currency())
        .instant("detected", Conflict::detectedAt)
        .bind(
            handle.createUpdate(
                """
                INSERT INTO tap_conflict
                  (payer_id, payment_id, evidence_id, second_token_digest, second_merchant_id,
                   second_terminal_id, second_amount_minor, second_currency, detected_at)
                SELECT x.payer_id, x.payment_id, x.evidence_id, decode(x.digest, 'hex'),
                  x.merchant_id, x.terminal_id, x.amount_minor, x.currency,
                  x.detected_at::timestamptz
                FROM unnest(:payer, :payment, :evidence, :digest, :merchant, :terminal, :amount,
                  :currency, :detected)
                  AS x(payer_id, payment_id, evidence_id, digest, merchant_id, terminal_id,
                   amount_minor, currency, detected_at)
                ORDER BY x.payer_id, x.payment_id, x.evidence_id
                ON CONFLICT (payer_id, payment_id, evidence_id) DO NOTHING
                """))
        .execute();
  }
}
