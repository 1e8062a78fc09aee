-- The order in which a merchant's batches were closed, counted under the lock of the merchant's
-- account. Times are no order: clocks of replicas differ.
ALTER TABLE settlement_batch ADD COLUMN closing bigint;

ALTER TABLE settlement_batch DISABLE TRIGGER settlement_batch_closes_once;
UPDATE settlement_batch b
SET closing = counted.closing
FROM (
  SELECT merchant_id, day, currency,
    row_number() OVER (PARTITION BY merchant_id, currency ORDER BY closed_at, day) AS closing
  FROM settlement_batch WHERE closed_at IS NOT NULL) counted
WHERE b.merchant_id = counted.merchant_id AND b.day = counted.day AND b.currency = counted.currency;
ALTER TABLE settlement_batch ENABLE TRIGGER settlement_batch_closes_once;

ALTER TABLE settlement_batch
  -- Stops two batches from deducting what the same one carried over.
  ADD CONSTRAINT settlement_batch_closing UNIQUE (merchant_id, currency, closing),
  ADD CONSTRAINT settlement_batch_counted CHECK ((closed_at IS NULL) = (closing IS NULL));

-- An open batch may be deleted.
CREATE OR REPLACE FUNCTION settlement_batch_closes_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'settlement batch % is closed', OLD.batch_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'settlement_batch_closes_once',
            TABLE = 'settlement_batch';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
