-- Keys of V1_1 to V1_3 have the payer, the distribution key: a distributed PostgreSQL can't enforce another. A payment
-- belongs to one payer (clearing-service: payment_guard), so no more rows can be than before. The payment stands first,
-- since payments are looked up by their id alone, too.
--
-- An index of this name that is there already (built concurrently, before) is taken, so that a large table is not locked
-- for as long as it is built. The table is locked before: whoever asks for more of a lock that he has can deadlock.
LOCK TABLE observation IN ACCESS EXCLUSIVE MODE;
CREATE UNIQUE INDEX IF NOT EXISTS observation_key ON observation (payment_id, payer_id);
ALTER TABLE observation
  DROP CONSTRAINT observation_pkey,
  ADD CONSTRAINT observation_pkey PRIMARY KEY USING INDEX observation_key;
