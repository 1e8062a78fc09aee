-- The version before says ON CONFLICT (payment_id), so that key stays for one release beside the new one.
CREATE UNIQUE INDEX IF NOT EXISTS payment_standing_of_payer ON payment_standing (payment_id, payer_id);
