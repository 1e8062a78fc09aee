package io.tallystick.clearing.audit.postgres;

import java.util.List;

/// What must hold of accounts, postings, entries and holds.
final class MoneyInvariants {
  static final List<Invariant> ALL =
      List.of(
          new Invariant(
              "posting_sum",
              """
              SELECT owner_id || '/' || posting_id AS subject,
                'entries sum to ' || sum(amount_minor) || ' ' || currency AS explanation
              FROM entry
              GROUP BY owner_id, posting_id, currency
              HAVING sum(amount_minor) <> 0
              """),
          new Invariant(
              "posting_empty",
              """
              SELECT o.owner_id || '/' || o.posting_id AS subject,
                'a ' || o.kind || ' without entries' AS explanation
              FROM posting o
              WHERE NOT EXISTS (
                SELECT FROM entry e WHERE e.owner_id = o.owner_id AND e.posting_id = o.posting_id)
              """),
          new Invariant(
              "account_balance",
              """
              SELECT coalesce(a.account_id, e.account_id) AS subject,
                CASE WHEN a.account_id IS NULL THEN 'has entries and is not there'
                  ELSE 'posted ' || a.posted_minor || ', entries sum to '
                    || coalesce(e.sum_minor, 0) END AS explanation
              FROM account a
              FULL JOIN (
                SELECT account_owner_id, account_id, currency, sum(amount_minor) AS sum_minor
                FROM entry GROUP BY account_owner_id, account_id, currency) e
                ON e.account_owner_id = a.owner_id AND e.account_id = a.account_id
                  AND e.currency = a.currency
              WHERE a.account_id IS NULL OR a.posted_minor <> coalesce(e.sum_minor, 0)
              """),
          new Invariant(
              "account_held",
              """
              SELECT a.account_id AS subject,
                'held ' || a.held_minor || ', pending holds sum to ' || coalesce(h.sum_minor, 0)
                  AS explanation
              FROM account a
              LEFT JOIN (
                SELECT payer_id, account_id, sum(amount_minor) AS sum_minor
                FROM hold WHERE state = 'pending' GROUP BY payer_id, account_id) h
                ON h.payer_id = a.owner_id AND h.account_id = a.account_id
              WHERE a.held_minor <> coalesce(h.sum_minor, 0)
              """),
          new Invariant(
              "account_negative",
              """
              SELECT account_id AS subject,
                'posted ' || posted_minor || ', held ' || held_minor AS explanation
              FROM account
              WHERE kind NOT IN ('bank', 'arrears') AND posted_minor - held_minor < 0
              """),
          new Invariant(
              "hold_orphaned",
              """
              SELECT h.payment_id || ' in ' || h.account_id AS subject,
                'pending, and the payment is ' || coalesce(p.state, 'unknown') AS explanation
              FROM hold h
              LEFT JOIN payment p ON p.payer_id = h.payer_id AND p.payment_id = h.payment_id
              WHERE h.state = 'pending'
                AND (p.state IS NULL OR p.state NOT IN ('awaiting-payer', 'frozen'))
              """),
          new Invariant(
              "in_system",
              """
              SELECT a.currency AS subject,
                'owners have ' || a.owners || ', the bank sent ' || coalesce(d.sum_minor, 0)
                  || ' and got ' || coalesce(s.sum_minor, 0) AS explanation
              FROM (
                SELECT currency, sum(posted_minor) FILTER (WHERE kind <> 'bank') AS owners
                FROM account GROUP BY currency) a
              LEFT JOIN (
                SELECT currency, sum(amount_minor) AS sum_minor FROM deposit GROUP BY currency) d
                USING (currency)
              LEFT JOIN (
                SELECT currency, sum(net_minor) AS sum_minor FROM settlement_batch
                WHERE closed_at IS NOT NULL GROUP BY currency) s USING (currency)
              WHERE coalesce(a.owners, 0) <> coalesce(d.sum_minor, 0) - coalesce(s.sum_minor, 0)
              """));

  private MoneyInvariants() {}
}
