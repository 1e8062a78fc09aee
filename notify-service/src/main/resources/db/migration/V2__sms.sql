-- Messages to be sent and sent. Number and text are sealed, and erased as soon as they are not needed.
CREATE TABLE sms (
  payer_id         text NOT NULL,
  sms_id           text NOT NULL,
  challenge_id     text NOT NULL,
  number_sealed    bytea,
  text_sealed      bytea,
  state            text NOT NULL CHECK (state IN ('queued', 'submitted', 'delivered', 'failed')),
  attempts         integer NOT NULL DEFAULT 0,
  -- When it is tried next; while it is being tried, when another replica may take over.
  next_attempt_at  timestamptz NOT NULL,
  valid_until      timestamptz NOT NULL,
  segments         integer,
  last_error       text,
  created_at       timestamptz NOT NULL,
  submitted_at     timestamptz,
  done_at          timestamptz,
  PRIMARY KEY (payer_id, sms_id),
  CHECK (state = 'queued' OR (number_sealed IS NULL AND text_sealed IS NULL))
);
CREATE INDEX sms_due ON sms (next_attempt_at) WHERE state = 'queued';
CREATE INDEX sms_age ON sms (created_at);

-- What the SMS centre calls each part, and its receipt. A receipt may come before the answer to the submission is
-- stored, so both sides insert or complete the same row.
CREATE TABLE sms_segment (
  centre_message_id  text PRIMARY KEY,
  payer_id           text,
  sms_id             text,
  receipt_state      text,
  receipt_error      text,
  created_at         timestamptz NOT NULL,
  received_at        timestamptz
);
CREATE INDEX sms_segment_of ON sms_segment (payer_id, sms_id);
CREATE INDEX sms_segment_age ON sms_segment (created_at);
