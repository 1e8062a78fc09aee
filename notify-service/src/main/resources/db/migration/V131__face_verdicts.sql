-- Verdicts of face recognition vendors that were used; kept until they could not be used anyway.
CREATE TABLE face_verdict (
  vendor        text NOT NULL,
  verdict_id    text NOT NULL CHECK (length(verdict_id) BETWEEN 1 AND 128),
  challenge_id  text NOT NULL,
  used_at       timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  -- Stops a verdict from being used twice.
  PRIMARY KEY (vendor, verdict_id)
);
CREATE INDEX face_verdict_age ON face_verdict (expires_at);
