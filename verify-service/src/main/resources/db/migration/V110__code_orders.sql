-- Code payments. The primary key makes an order id one payment; code_moment and online_code make a
-- code count once.

CREATE TABLE code_order (
  merchant_id text NOT NULL,
  order_id text NOT NULL CHECK (order_id ~ '^[A-Za-z0-9._:-]{1,64}$'),
  payment_id text NOT NULL,
  terminal_id text NOT NULL,
  -- HMAC-SM3 of the twenty digits; the digits themselves are stored nowhere. NULL, with amount and
  -- currency, in the mark of a reversal until its payment arrives.
  code_digest bytea CHECK (octet_length(code_digest) = 32),
  amount_minor bigint CHECK (amount_minor BETWEEN 1 AND 1000000000000),
  currency text CHECK (char_length(currency) = 3),
  -- NULL when the code matched nothing.
  payer_id text,
  device_id text,
  instrument_kind text CHECK (instrument_kind IN ('OFFLINE_CODE', 'ONLINE_CODE')),
  instrument_id text,
  device_enrolled_at timestamptz,
  must_step_up boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('authorising', 'paid', 'declined', 'awaiting-payer',
                                       'closed', 'reversed', 'refunded')),
  decline_cause text CHECK (decline_cause IN ('code_refused', 'insufficient_funds', 'amount_limit',
                                              'risk_refused', 'reversed', 'currency')),
  paid_at timestamptz,
  refunded_minor bigint NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND amount_minor),
  -- clearing-service's count of changes; 0 before its first word.
  revision integer NOT NULL DEFAULT 0,
  -- Who works on it while it is authorising: attempt counts the claims.
  attempt integer NOT NULL,
  claimed_until timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, order_id),
  CHECK ((state = 'declined') = (decline_cause IS NOT NULL)),
  CHECK (state NOT IN ('paid', 'refunded') OR paid_at IS NOT NULL),
  CHECK (state <> 'authorising' OR (payer_id IS NOT NULL AND code_digest IS NOT NULL)),
  CHECK (num_nulls(code_digest, amount_minor, currency) IN (0, 3)),
  CHECK (num_nulls(payer_id, device_id, instrument_kind, instrument_id, device_enrolled_at) IN (0, 5))
);

CREATE INDEX code_order_open ON code_order (received_at) WHERE state = 'authorising';

-- The last moment used by each seed; it only rises.
CREATE TABLE code_moment (
  seed_id text PRIMARY KEY,
  last_minute bigint NOT NULL,
  last_refresh integer NOT NULL CHECK (last_refresh BETWEEN 0 AND 9)
);

CREATE TABLE online_code (
  instrument_id text PRIMARY KEY,
  used_at timestamptz NOT NULL
);
CREATE INDEX online_code_age ON online_code (used_at);

-- Wrong codes in fixed windows. Aliases are keyed digests.
CREATE TABLE guess_count (
  scope text NOT NULL,
  subject text NOT NULL,
  window_start timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  wrong integer NOT NULL CHECK (wrong > 0),
  PRIMARY KEY (scope, subject, window_start)
);
CREATE INDEX guess_count_age ON guess_count (expires_at);

-- What was asked of a refund; clearing-service keeps what became of it.
CREATE TABLE code_refund (
  merchant_id text NOT NULL,
  order_id text NOT NULL,
  refund_id text NOT NULL CHECK (refund_id ~ '^[A-Za-z0-9._:-]{1,64}$'),
  amount_minor bigint NOT NULL CHECK (amount_minor BETWEEN 1 AND 1000000000000),
  currency text NOT NULL CHECK (char_length(currency) = 3),
  asked_at timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, order_id, refund_id),
  FOREIGN KEY (merchant_id, order_id) REFERENCES code_order (merchant_id, order_id)
);
