-- Terminals that were taken out of force, and the trail of who did it.

ALTER TABLE terminal
  ADD COLUMN retired_at timestamptz,
  ADD COLUMN retirement_reason text CHECK (char_length(retirement_reason) BETWEEN 1 AND 500),
  ADD CHECK ((retired_at IS NULL) = (retirement_reason IS NULL));

CREATE TABLE terminal_event (
  event_id uuid PRIMARY KEY,
  occurred_at timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind IN ('terminal_retired', 'terminal_reinstated')),
  merchant_id text NOT NULL,
  terminal_id text NOT NULL,
  -- The operator's identity.
  actor text NOT NULL,
  reason text CHECK (char_length(reason) BETWEEN 1 AND 500),
  written_xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  written_id bigint GENERATED ALWAYS AS IDENTITY,
  CHECK ((kind = 'terminal_retired') = (reason IS NOT NULL))
);
CREATE INDEX terminal_event_of_terminal ON terminal_event (merchant_id, terminal_id, occurred_at);
CREATE UNIQUE INDEX terminal_event_order ON terminal_event (written_xid, written_id);
COMMENT ON TABLE terminal_event IS 'Append-only: the trigger below refuses every change.';

CREATE TRIGGER terminal_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON terminal_event
  FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
