-- Offline allowances of devices.

-- What was asked and answered. Stops one key from topping up twice.
CREATE TABLE allowance_request (
  payer_id        text        NOT NULL,
  idempotency_key text        NOT NULL,
  device_id       text        NOT NULL,
  target_minor    bigint      NOT NULL,
  currency        text        NOT NULL,
  released_ids    text[]      NOT NULL,
  held_minor      bigint      NOT NULL,
  requested_at    timestamptz NOT NULL,
  PRIMARY KEY (payer_id, idempotency_key)
);

-- Devices that may no longer pay. While `open`, what is left of the allowance is still to go back to
-- the balance: after `release_at`, and again whenever a hold in it is voided.
CREATE TABLE device_end (
  payer_id   text        NOT NULL,
  device_id  text        NOT NULL,
  reason     text        NOT NULL,
  ended_at   timestamptz NOT NULL,
  release_at timestamptz NOT NULL,
  open       boolean     NOT NULL,
  PRIMARY KEY (payer_id, device_id)
);

CREATE INDEX device_end_due ON device_end (release_at) WHERE open;
