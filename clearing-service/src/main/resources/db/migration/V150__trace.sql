-- The trace that brought a payment about: 16 bytes of W3C Trace Context, for people who look into it.
-- Set once, when the payment begins; null when nobody said one.
ALTER TABLE payment ADD COLUMN trace_id uuid;
