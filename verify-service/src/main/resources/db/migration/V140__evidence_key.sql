-- The key has the serial, by which evidence is distributed as its tap is. That a second body is kept once is said by
-- UNIQUE (serial, second_body_digest), as before; evidence ids are UUIDs of our own.
ALTER TABLE tap_evidence
  DROP CONSTRAINT tap_evidence_pkey,
  ADD PRIMARY KEY (evidence_id, serial);
