-- What risk officers decided about payments that wait for their payer. Append-only.
CREATE TABLE review (
  payer_id    text        NOT NULL,
  payment_id  text        NOT NULL,
  -- Subject of the officer's token.
  officer     text        NOT NULL,
  decision    text        NOT NULL,
  explanation text        NOT NULL,
  decided_at  timestamptz NOT NULL,
  written_xid xid8        NOT NULL DEFAULT pg_current_xact_id(),
  written_id  bigint      GENERATED ALWAYS AS IDENTITY,
  -- An officer has one decision about a payment: the two that a large amount needs are two people's.
  PRIMARY KEY (payer_id, payment_id, officer),
  CONSTRAINT review_decision CHECK (decision IN ('release', 'return'))
);

CREATE UNIQUE INDEX review_order ON review (written_xid, written_id);

CREATE TRIGGER review_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON review
  FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- What waits for its payer: few rows of many.
CREATE INDEX payment_waiting ON payment (changed_at, payment_id)
  WHERE state IN ('frozen', 'awaiting-payer');
