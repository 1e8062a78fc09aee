package io.tallystick.clearing.audit.postgres;

import java.util.List;

/// What must hold of clearing buckets, merchants' accounts and settlement.
final class MerchantInvariants {
  static final List<Invariant> ALL =
      List.of(
          new Invariant(
              "bucket_balance",
              """
              SELECT a.account_id AS subject,
                'posted ' || a.posted_minor || ', credits that wait sum to '
                  || coalesce(c.sum_minor, 0) AS explanation
              FROM account a
              LEFT JOIN (
                SELECT bucket, currency, sum(amount_minor - returned_minor) AS sum_minor
                FROM merchant_credit WHERE sweep_posting_id IS NULL AND reversed_at IS NULL
                GROUP BY bucket, currency) c
                ON a.owner_id = 'bucket-' || lpad(c.bucket::text, 2, '0')
                  AND a.currency = c.currency
              WHERE a.kind = 'clearing' AND a.posted_minor <> coalesce(c.sum_minor, 0)
              """),
          new Invariant(
              "payable_balance",
              """
              WITH credited AS (
                SELECT merchant_id, currency, sum(amount_minor) AS sum_minor FROM merchant_credit
                WHERE sweep_posting_id IS NOT NULL AND reversed_at IS NULL
                GROUP BY merchant_id, currency),
              given_back AS (
                SELECT r.merchant_id, r.currency, sum(r.amount_minor) AS sum_minor
                FROM refund r JOIN merchant_credit c USING (payer_id, payment_id)
                WHERE c.sweep_posting_id IS NOT NULL
                GROUP BY r.merchant_id, r.currency),
              paid_out AS (
                SELECT merchant_id, currency, sum(net_minor) AS sum_minor FROM settlement_batch
                WHERE closed_at IS NOT NULL GROUP BY merchant_id, currency),
              paid_in AS (
                SELECT owner_id AS merchant_id, currency, sum(amount_minor) AS sum_minor
                FROM deposit WHERE owner_kind = 'merchant' GROUP BY owner_id, currency)
              SELECT a.account_id AS subject,
                'posted ' || a.posted_minor || ', credited ' || coalesce(credited.sum_minor, 0)
                  || ', given back ' || coalesce(given_back.sum_minor, 0) || ', paid out '
                  || coalesce(paid_out.sum_minor, 0) || ', paid in '
                  || coalesce(paid_in.sum_minor, 0) AS explanation
              FROM (
                SELECT owner_id AS merchant_id, currency, account_id, posted_minor FROM account
                WHERE kind = 'payable') a
              LEFT JOIN credited USING (merchant_id, currency)
              LEFT JOIN given_back USING (merchant_id, currency)
              LEFT JOIN paid_out USING (merchant_id, currency)
              LEFT JOIN paid_in USING (merchant_id, currency)
              WHERE a.posted_minor <> coalesce(credited.sum_minor, 0)
                - coalesce(given_back.sum_minor, 0) - coalesce(paid_out.sum_minor, 0)
                + coalesce(paid_in.sum_minor, 0)
              """),
          new Invariant(
              "sweep_sum",
              """
              SELECT coalesce(c.sweep_posting_id, o.posting_id)::text AS subject,
                'took ' || coalesce(o.sum_minor, 0) || ', its payments had '
                  || coalesce(c.sum_minor, 0) AS explanation
              FROM (
                SELECT sweep_posting_id, sum(amount_minor - returned_minor) AS sum_minor
                FROM merchant_credit WHERE sweep_posting_id IS NOT NULL
                GROUP BY sweep_posting_id) c
              FULL JOIN (
                SELECT p.posting_id, sum(e.amount_minor) AS sum_minor
                FROM posting p JOIN entry e USING (owner_id, posting_id)
                WHERE p.kind = 'sweep' AND e.amount_minor > 0
                GROUP BY p.posting_id) o ON o.posting_id = c.sweep_posting_id
              WHERE coalesce(o.sum_minor, 0) <> coalesce(c.sum_minor, 0)
              """),
          new Invariant(
              "batch_figures",
              """
              SELECT b.batch_id AS subject,
                'gross ' || b.gross_minor || ' of ' || b.payment_count || ', its payments '
                  || coalesce(c.sum_minor, 0) || ' of ' || coalesce(c.payments, 0) AS explanation
              FROM settlement_batch b
              LEFT JOIN (
                SELECT batch_id, sum(amount_minor) AS sum_minor, count(*) AS payments
                FROM merchant_credit WHERE batch_id IS NOT NULL GROUP BY batch_id) c
                USING (batch_id)
              WHERE b.gross_minor <> coalesce(c.sum_minor, 0)
                OR b.payment_count <> coalesce(c.payments, 0)
              """),
          new Invariant(
              "batch_payout",
              """
              SELECT b.batch_id AS subject,
                'net ' || b.net_minor || ', paid out ' || coalesce(o.sum_minor, 0) AS explanation
              FROM settlement_batch b
              LEFT JOIN (
                SELECT p.reference AS batch_id, sum(e.amount_minor) AS sum_minor
                FROM posting p JOIN entry e USING (owner_id, posting_id)
                WHERE p.kind = 'settlement' AND e.amount_minor > 0
                GROUP BY p.reference) o USING (batch_id)
              WHERE b.closed_at IS NOT NULL AND b.net_minor <> coalesce(o.sum_minor, 0)
              """),
          new Invariant(
              "batch_carry",
              """
              WITH given_back AS (
                SELECT merchant_id, currency, sum(amount_minor) AS sum_minor FROM refund
                WHERE batch_id IS NOT NULL GROUP BY merchant_id, currency),
              deducted AS (
                SELECT merchant_id, currency, sum(returned_minor) AS sum_minor,
                  (array_agg(carried_minor ORDER BY closing DESC))[1] AS carried_minor
                FROM settlement_batch WHERE closed_at IS NOT NULL
                GROUP BY merchant_id, currency)
              SELECT merchant_id || ' ' || currency AS subject,
                'given back ' || coalesce(g.sum_minor, 0) || ', deducted '
                  || coalesce(d.sum_minor, 0) || ', still to deduct '
                  || coalesce(d.carried_minor, 0) AS explanation
              FROM given_back g FULL JOIN deducted d USING (merchant_id, currency)
              WHERE coalesce(g.sum_minor, 0)
                <> coalesce(d.sum_minor, 0) + coalesce(d.carried_minor, 0)
              """));

  private MerchantInvariants() {}
}
