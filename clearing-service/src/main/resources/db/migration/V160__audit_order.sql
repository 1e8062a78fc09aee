-- The order in which changes of payments are sealed: the transaction, then the row within it.
ALTER TABLE payment_change
  ADD COLUMN written_xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  ADD COLUMN written_id bigint GENERATED ALWAYS AS IDENTITY;
CREATE UNIQUE INDEX payment_change_order ON payment_change (written_xid, written_id);
