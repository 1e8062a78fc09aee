package io.tallystick.clearing.audit.postgres;

import java.util.List;

/// What must hold of payments, refunds and halves.
final class PaymentInvariants {
  static final List<Invariant> ALL =
      List.of(
          new Invariant(
              "payment_moved",
              """
              SELECT p.payment_id AS subject,
                p.state || ' of ' || p.amount_minor || ' less ' || p.refunded_minor
                  || ' refunded, and the payer paid ' || -coalesce(m.sum_minor, 0) AS explanation
              FROM payment p
              LEFT JOIN (
                SELECT o.owner_id, o.payment_id, sum(e.amount_minor) AS sum_minor
                FROM posting o JOIN entry e USING (owner_id, posting_id)
                WHERE o.payment_id IS NOT NULL AND e.account_owner_id = o.owner_id
                  AND e.account_id LIKE 'payer:%'
                GROUP BY o.owner_id, o.payment_id) m
                ON m.owner_id = p.payer_id AND m.payment_id = p.payment_id
              WHERE -coalesce(m.sum_minor, 0) <>
                CASE WHEN p.state IN ('paid', 'refunded', 'cleared', 'settled')
                  THEN p.amount_minor - p.refunded_minor ELSE 0 END
              """),
          new Invariant(
              "payment_held",
              """
              SELECT p.payment_id AS subject,
                p.state || ' of ' || p.amount_minor || ', held ' || coalesce(h.sum_minor, 0)
                  AS explanation
              FROM payment p
              LEFT JOIN (
                SELECT payer_id, payment_id, sum(amount_minor) AS sum_minor
                FROM hold WHERE state = 'pending' GROUP BY payer_id, payment_id) h
                USING (payer_id, payment_id)
              WHERE p.state IN ('awaiting-payer', 'frozen')
                AND p.amount_minor <> coalesce(h.sum_minor, 0)
              """),
          new Invariant(
              "payment_unknown",
              """
              SELECT o.payment_id AS subject, 'a ' || o.kind || ' of a payment that is not there'
                AS explanation
              FROM posting o
              WHERE o.payment_id IS NOT NULL AND NOT EXISTS (
                SELECT FROM payment p
                WHERE p.payer_id = o.owner_id AND p.payment_id = o.payment_id)
              """),
          new Invariant(
              "payment_credit",
              """
              SELECT p.payment_id AS subject,
                p.state || ', and its merchant''s credit is '
                  || CASE WHEN c.payment_id IS NULL THEN 'missing'
                    WHEN c.reversed_at IS NOT NULL THEN 'reversed' ELSE 'there' END AS explanation
              FROM payment p
              LEFT JOIN merchant_credit c USING (payer_id, payment_id)
              WHERE (p.state IN ('paid', 'refunded', 'cleared', 'settled')) <>
                  (c.payment_id IS NOT NULL AND c.reversed_at IS NULL)
                OR c.amount_minor <> p.amount_minor OR c.merchant_id <> p.merchant_id
                OR (p.state = 'settled' AND c.batch_id IS NULL)
              """),
          new Invariant(
              "instrument_once",
              """
              SELECT instrument_id AS subject, count(*) || ' payments moved money' AS explanation
              FROM payment
              WHERE cleared_at IS NOT NULL OR state IN ('awaiting-payer', 'frozen')
              GROUP BY instrument_id
              HAVING count(*) > 1
              """),
          new Invariant(
              "payment_refunded",
              """
              SELECT p.payment_id AS subject,
                'refunded ' || p.refunded_minor || ', refunds sum to ' || coalesce(r.sum_minor, 0)
                  AS explanation
              FROM payment p
              LEFT JOIN (
                SELECT payer_id, payment_id, sum(amount_minor) AS sum_minor
                FROM refund GROUP BY payer_id, payment_id) r USING (payer_id, payment_id)
              WHERE p.refunded_minor <> coalesce(r.sum_minor, 0)
              """),
          new Invariant(
              "payment_history",
              """
              SELECT p.payment_id AS subject,
                'revision ' || p.revision || ', and ' || coalesce(c.changes, 0) || ' changes up to '
                  || coalesce(c.last, 0) AS explanation
              FROM payment p
              LEFT JOIN (
                SELECT payer_id, payment_id, count(*) AS changes, max(revision) AS last
                FROM payment_change GROUP BY payer_id, payment_id) c USING (payer_id, payment_id)
              WHERE p.revision <> coalesce(c.changes, 0) OR p.revision <> coalesce(c.last, 0)
              """),
          new Invariant(
              "half_state",
              """
              SELECT coalesce(t.payment_id, h.payment_id) AS subject,
                coalesce(t.halves_state, 'no state') || ' with '
                  || coalesce(h.sides, 'no half') AS explanation
              FROM tap t
              FULL JOIN (
                SELECT payer_id, payment_id, string_agg(side, ' and ' ORDER BY side) AS sides
                FROM tap_half GROUP BY payer_id, payment_id) h USING (payer_id, payment_id)
              WHERE (t.halves_state, h.sides) NOT IN (
                  ('wallet-only', 'wallet'), ('terminal-only', 'terminal'),
                  ('matched', 'terminal and wallet'), ('disputed', 'terminal and wallet'),
                  ('disputed', 'wallet'), ('disputed', 'terminal'))
                OR t.halves_state IS NULL OR h.sides IS NULL
              """));

  private PaymentInvariants() {}
}
