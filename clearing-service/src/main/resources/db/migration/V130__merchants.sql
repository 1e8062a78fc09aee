-- What payments owe merchants: credits from the clearing buckets, refunds, settlement batches.

-- One row for each payment whose money moved, written in the transaction of the payment. A sweep
-- takes it from the payer's clearing bucket to the merchant's payable; settlement puts it into the
-- batch of a day.
CREATE TABLE merchant_credit (
  payer_id         text        NOT NULL,
  payment_id       text        NOT NULL,
  merchant_id      text        NOT NULL,
  bucket           smallint    NOT NULL,
  amount_minor     bigint      NOT NULL,
  currency         text        NOT NULL,
  tap              boolean     NOT NULL,
  cleared_at       timestamptz NOT NULL,
  -- Given back while the money was still in the bucket.
  returned_minor   bigint      NOT NULL DEFAULT 0,
  reversed_at      timestamptz,
  sweep_posting_id uuid,
  batch_id         text,
  settled_at       timestamptz,
  -- Stops a payment from crediting its merchant twice.
  PRIMARY KEY (payer_id, payment_id),
  CONSTRAINT merchant_credit_amount CHECK (amount_minor > 0),
  CONSTRAINT merchant_credit_returned CHECK (returned_minor BETWEEN 0 AND amount_minor),
  -- Stops settling what was reversed and reversing what is settled.
  CONSTRAINT merchant_credit_reversed_or_settled CHECK (reversed_at IS NULL OR batch_id IS NULL),
  -- Stops settling money that is not in the merchant's account yet.
  CONSTRAINT merchant_credit_swept_first CHECK (batch_id IS NULL OR sweep_posting_id IS NOT NULL),
  CONSTRAINT merchant_credit_batched_first CHECK (settled_at IS NULL OR batch_id IS NOT NULL)
) WITH (fillfactor = 80);

-- Oldest first, so that no bucket starves.
CREATE INDEX merchant_credit_to_sweep ON merchant_credit (cleared_at, payment_id)
  WHERE sweep_posting_id IS NULL AND reversed_at IS NULL;
CREATE INDEX merchant_credit_to_settle ON merchant_credit (merchant_id, currency, cleared_at)
  WHERE sweep_posting_id IS NOT NULL AND batch_id IS NULL AND reversed_at IS NULL;
CREATE INDEX merchant_credit_of_batch ON merchant_credit (batch_id, cleared_at, payment_id)
  WHERE batch_id IS NOT NULL;
CREATE INDEX merchant_credit_to_announce ON merchant_credit (batch_id)
  WHERE batch_id IS NOT NULL AND settled_at IS NULL;

-- Stops a credit from being swept twice or put into two batches.
CREATE FUNCTION merchant_credit_moves_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.sweep_posting_id IS NOT NULL
      AND NEW.sweep_posting_id IS DISTINCT FROM OLD.sweep_posting_id)
    OR (OLD.batch_id IS NOT NULL AND NEW.batch_id IS DISTINCT FROM OLD.batch_id)
    OR (OLD.reversed_at IS NOT NULL AND NEW.reversed_at IS DISTINCT FROM OLD.reversed_at)
  THEN
    RAISE EXCEPTION 'credit of payment % has already moved', OLD.payment_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'merchant_credit_moves_once',
            TABLE = 'merchant_credit';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER merchant_credit_moves_once BEFORE UPDATE ON merchant_credit
  FOR EACH ROW EXECUTE FUNCTION merchant_credit_moves_once();

CREATE TABLE refund (
  payer_id     text        NOT NULL,
  payment_id   text        NOT NULL,
  refund_id    text        NOT NULL,
  merchant_id  text        NOT NULL,
  amount_minor bigint      NOT NULL,
  currency     text        NOT NULL,
  refunded_at  timestamptz NOT NULL,
  batch_id     text,
  -- Stops one refund id from giving money back twice.
  PRIMARY KEY (payer_id, payment_id, refund_id),
  CONSTRAINT refund_amount CHECK (amount_minor > 0)
);

CREATE INDEX refund_to_settle ON refund (merchant_id, currency) WHERE batch_id IS NULL;
CREATE INDEX refund_of_batch ON refund (batch_id, refunded_at, payment_id)
  WHERE batch_id IS NOT NULL;

CREATE TABLE settlement_batch (
  merchant_id    text        NOT NULL,
  day            date        NOT NULL,
  currency       text        NOT NULL,
  batch_id       text        NOT NULL,
  gross_minor    bigint      NOT NULL DEFAULT 0,
  returned_minor bigint      NOT NULL DEFAULT 0,
  -- Returns above the day's gross: deducted from the next batch.
  carried_minor  bigint      NOT NULL DEFAULT 0,
  net_minor      bigint      NOT NULL DEFAULT 0,
  payment_count  integer     NOT NULL DEFAULT 0,
  opened_at      timestamptz NOT NULL,
  closed_at      timestamptz,
  posting_id     uuid,
  -- Stops a day of a merchant from being settled twice.
  PRIMARY KEY (merchant_id, day, currency),
  UNIQUE (merchant_id, batch_id),
  CONSTRAINT settlement_batch_net CHECK (net_minor = gross_minor - returned_minor OR closed_at IS NULL),
  CONSTRAINT settlement_batch_not_negative
    CHECK (gross_minor >= 0 AND returned_minor >= 0 AND carried_minor >= 0 AND net_minor >= 0)
);

CREATE INDEX settlement_batch_by_id ON settlement_batch (batch_id);

-- Stops a closed batch from changing: the merchant has been told its figures.
CREATE FUNCTION settlement_batch_closes_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'settlement batch % is closed', OLD.batch_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'settlement_batch_closes_once',
            TABLE = 'settlement_batch';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER settlement_batch_closes_once BEFORE UPDATE OR DELETE ON settlement_batch
  FOR EACH ROW EXECUTE FUNCTION settlement_batch_closes_once();
