-- Payments by code and by tap.
--
-- What must be unique beyond one payer is guarded in tables of their own, each keyed by what it
-- guards, so that a distributed PostgreSQL can enforce it too. They are written in the transaction of
-- the payment, in the order in which they stand here, each in key order, after the payer's accounts
-- are locked: that order is the same in every transaction, so that none waits in a circle.

-- Stops one payment id from being used for two payers.
CREATE TABLE payment_guard (
  payment_id text NOT NULL PRIMARY KEY,
  payer_id   text NOT NULL
);

-- Stops one order of a merchant from being paid by two payments.
CREATE TABLE order_guard (
  merchant_id text NOT NULL,
  order_id    text NOT NULL,
  payer_id    text NOT NULL,
  payment_id  text NOT NULL,
  PRIMARY KEY (merchant_id, order_id)
);

-- Stops one use of a code, or one token serial, from paying twice: the row is taken by the first
-- payment that presents it, paid or not, and is never given back.
CREATE TABLE instrument_guard (
  instrument_id text NOT NULL PRIMARY KEY,
  payer_id      text NOT NULL,
  payment_id    text NOT NULL
);

CREATE TABLE payment (
  payer_id        text        NOT NULL,
  payment_id      text        NOT NULL,
  instrument_kind text        NOT NULL,
  instrument_id   text        NOT NULL,
  device_id       text        NOT NULL,
  merchant_id     text        NOT NULL,
  terminal_id     text        NOT NULL,
  order_id        text,
  amount_minor    bigint      NOT NULL,
  currency        text        NOT NULL,
  state           text        NOT NULL,
  decline_reason  text,
  refunded_minor  bigint      NOT NULL DEFAULT 0,
  -- Counts the changes of state and of the refunded amount.
  revision        integer     NOT NULL,
  -- When the payer paid: tap time by the terminal's clock, or server time for a code.
  occurred_at     timestamptz NOT NULL,
  -- When the money moved; null until it does.
  cleared_at      timestamptz,
  changed_at      timestamptz NOT NULL,
  -- Stops a payment from existing twice for its payer.
  PRIMARY KEY (payer_id, payment_id),
  CONSTRAINT payment_amount CHECK (amount_minor BETWEEN 1 AND 1000000000000),
  -- Stops giving back more than was paid.
  CONSTRAINT payment_refunded CHECK (refunded_minor BETWEEN 0 AND amount_minor),
  CONSTRAINT payment_revision CHECK (revision >= 1),
  CONSTRAINT payment_instrument_kind CHECK (instrument_kind IN ('offline-code', 'online-code', 'tap')),
  CONSTRAINT payment_state CHECK (
    CASE instrument_kind
      WHEN 'tap' THEN
        state IN ('received', 'cleared', 'frozen', 'refused', 'returned', 'settled')
      ELSE
        state IN ('paid', 'declined', 'awaiting-payer', 'closed', 'reversed', 'refunded')
    END),
  CONSTRAINT payment_declined CHECK ((state = 'declined') = (decline_reason IS NOT NULL)),
  CONSTRAINT payment_moved CHECK (
    state NOT IN ('paid', 'refunded', 'cleared', 'settled') OR cleared_at IS NOT NULL)
) WITH (fillfactor = 85);

CREATE INDEX payment_bills ON payment (payer_id, occurred_at DESC, payment_id DESC);
CREATE INDEX payment_of_merchant ON payment (merchant_id, occurred_at DESC, payment_id DESC);

-- Every state a payment was in, with the reasons, for bills and auditors. Append-only.
CREATE TABLE payment_change (
  payer_id       text        NOT NULL,
  payment_id     text        NOT NULL,
  revision       integer     NOT NULL,
  state          text        NOT NULL,
  previous_state text        NOT NULL,
  reasons        jsonb       NOT NULL,
  changed_at     timestamptz NOT NULL,
  -- Stops two changes from counting as the same revision.
  PRIMARY KEY (payer_id, payment_id, revision)
);

CREATE TRIGGER payment_change_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_change
  FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- A reversal that came before its payment. The payment guard is taken with it, so that Pay finds it.
CREATE TABLE reversal_mark (
  payer_id    text        NOT NULL,
  payment_id  text        NOT NULL,
  merchant_id text        NOT NULL,
  marked_at   timestamptz NOT NULL,
  PRIMARY KEY (payer_id, payment_id)
);

-- How the payer's challenge ended; kept, so that it may come before what it is about.
CREATE TABLE challenge_end (
  payer_id     text        NOT NULL,
  payment_id   text        NOT NULL,
  challenge_id text        NOT NULL,
  outcome      text        NOT NULL,
  method       text        NOT NULL,
  ended_at     timestamptz NOT NULL,
  -- The first end of a challenge about a payment counts.
  PRIMARY KEY (payer_id, payment_id),
  CONSTRAINT challenge_end_outcome CHECK (outcome IN ('passed', 'failed', 'expired'))
);
