-- Before tables are distributed: what the schema keeps only for the version before. Plain PostgreSQL; run once, as the
-- tables' owner or a superuser, when every replica runs this version or a later one.

-- A key without the payer (risk-service's V1_3 has the one that stays).
ALTER TABLE risk.payment_standing
  DROP CONSTRAINT payment_standing_pkey,
  ADD CONSTRAINT payment_standing_pkey PRIMARY KEY USING INDEX payment_standing_of_payer;
