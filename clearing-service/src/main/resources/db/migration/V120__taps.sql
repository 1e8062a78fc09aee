-- Halves of taps, and what contradicts them.

CREATE TABLE tap (
  payer_id      text        NOT NULL,
  payment_id    text        NOT NULL,
  serial        text        NOT NULL,
  merchant_id   text        NOT NULL,
  tapped_at     timestamptz NOT NULL,
  halves_state  text        NOT NULL,
  reasons       jsonb       NOT NULL,
  first_half_at timestamptz NOT NULL,
  changed_at    timestamptz NOT NULL,
  PRIMARY KEY (payer_id, payment_id),
  CONSTRAINT tap_halves_state
    CHECK (halves_state IN ('wallet-only', 'terminal-only', 'matched', 'disputed'))
);

-- What reconciliation looks through: halves still alone, oldest first.
CREATE INDEX tap_alone ON tap (first_half_at, payment_id)
  WHERE halves_state IN ('wallet-only', 'terminal-only');

CREATE TABLE tap_half (
  payer_id             text        NOT NULL,
  payment_id           text        NOT NULL,
  side                 text        NOT NULL,
  merchant_id          text        NOT NULL,
  terminal_id          text        NOT NULL,
  amount_minor         bigint      NOT NULL,
  currency             text        NOT NULL,
  token_digest         bytea       NOT NULL,
  receipt_digest       bytea,
  receipt_amount_minor bigint,
  receipt_currency     text,
  receipt_merchant_id  text,
  powered_off          boolean     NOT NULL,
  late                 boolean     NOT NULL,
  missing_counters     integer     NOT NULL,
  tapped_at            timestamptz NOT NULL,
  received_at          timestamptz NOT NULL,
  -- Stops one side from being counted twice.
  PRIMARY KEY (payer_id, payment_id, side),
  CONSTRAINT tap_half_side CHECK (side IN ('wallet', 'terminal'))
);

-- A second token with the serial of a tap. Evidence only: it moves no money.
CREATE TABLE tap_conflict (
  payer_id            text        NOT NULL,
  payment_id          text        NOT NULL,
  evidence_id         text        NOT NULL,
  second_token_digest bytea       NOT NULL,
  second_merchant_id  text        NOT NULL,
  second_terminal_id  text        NOT NULL,
  second_amount_minor bigint      NOT NULL,
  second_currency     text        NOT NULL,
  detected_at         timestamptz NOT NULL,
  PRIMARY KEY (payer_id, payment_id, evidence_id)
);
