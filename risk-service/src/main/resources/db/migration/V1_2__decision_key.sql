-- As V1_1.
LOCK TABLE decision IN ACCESS EXCLUSIVE MODE;
CREATE UNIQUE INDEX IF NOT EXISTS decision_key ON decision (payment_id, payer_id);
ALTER TABLE decision
  DROP CONSTRAINT decision_pkey,
  ADD CONSTRAINT decision_pkey PRIMARY KEY USING INDEX decision_key;
