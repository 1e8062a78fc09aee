-- Halves of taps. The primary key of tap_token makes one token stand for a serial; each side has one
-- half.

CREATE TABLE tap_token (
  serial text PRIMARY KEY CHECK (serial ~ '^[0-9a-f]{24}$'),
  -- SM3 of the body: the same tap however it was signed.
  body_digest bytea NOT NULL CHECK (octet_length(body_digest) = 32),
  -- SM3 of what the device signed, as events and receipts name the token.
  token_digest bytea NOT NULL CHECK (octet_length(token_digest) = 32),
  token bytea NOT NULL CHECK (octet_length(token) <= 1024),
  payer_id text NOT NULL,
  device_id text NOT NULL,
  counter bigint NOT NULL,
  missing_counters bigint NOT NULL DEFAULT 0,
  stood_at timestamptz NOT NULL
);

CREATE TABLE tap_half (
  serial text NOT NULL REFERENCES tap_token (serial),
  side text NOT NULL CHECK (side IN ('WALLET', 'TERMINAL')),
  half bytea NOT NULL CHECK (octet_length(half) <= 4096),
  is_late boolean NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (serial, side)
);

-- The highest counter seen of each device, and the counters below it that nobody has uploaded.
CREATE TABLE device_counter (
  device_id text PRIMARY KEY CHECK (device_id ~ '^[0-9a-f]{16}$'),
  highest bigint NOT NULL CHECK (highest >= 0)
);

CREATE TABLE counter_gap (
  device_id text NOT NULL REFERENCES device_counter (device_id),
  first_counter bigint NOT NULL,
  last_counter bigint NOT NULL,
  noticed_at timestamptz NOT NULL,
  PRIMARY KEY (device_id, first_counter),
  CHECK (last_counter >= first_counter)
);

-- A second body under a serial, with the proof of it.
CREATE TABLE tap_evidence (
  evidence_id uuid PRIMARY KEY,
  serial text NOT NULL REFERENCES tap_token (serial),
  second_body_digest bytea NOT NULL CHECK (octet_length(second_body_digest) = 32),
  device_id text NOT NULL,
  payer_id text NOT NULL,
  proof bytea NOT NULL CHECK (octet_length(proof) <= 4096),
  detected_at timestamptz NOT NULL,
  UNIQUE (serial, second_body_digest)
);
CREATE INDEX tap_evidence_device ON tap_evidence (device_id, evidence_id);

-- Devices that the stream said are revoked: known here even while seed-service is away.
CREATE TABLE revoked_device (
  device_id text PRIMARY KEY CHECK (device_id ~ '^[0-9a-f]{16}$'),
  payer_id text NOT NULL,
  revoked_at timestamptz NOT NULL,
  reason text NOT NULL
);
