-- Every key has the payer, the distribution key: a distributed PostgreSQL can't enforce another. A payment belongs to
-- one payer (clearing-service: payment_guard), so no more rows can be than before. The payment stands first, since
-- payments are looked up by their id alone, too.
--
-- Indexes of these names that are there already (built concurrently, before) are taken, so that a large table is not
-- locked for as long as they are built.
CREATE UNIQUE INDEX IF NOT EXISTS observation_key ON observation (payment_id, payer_id);
ALTER TABLE observation
  DROP CONSTRAINT observation_pkey,
  ADD CONSTRAINT observation_pkey PRIMARY KEY USING INDEX observation_key;

CREATE UNIQUE INDEX IF NOT EXISTS decision_key ON decision (payment_id, payer_id);
ALTER TABLE decision
  DROP CONSTRAINT decision_pkey,
  ADD CONSTRAINT decision_pkey PRIMARY KEY USING INDEX decision_key;

-- The version before says ON CONFLICT (payment_id), so that key stays for one release beside the new one.
CREATE UNIQUE INDEX IF NOT EXISTS payment_standing_of_payer ON payment_standing (payment_id, payer_id);
