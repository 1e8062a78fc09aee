-- The merchant is the distribution key.
CREATE TABLE webhook_endpoint (
  merchant_id             text PRIMARY KEY,
  url                     text NOT NULL,
  -- SM4-GCM under the key-encryption key, bound to the merchant.
  secret_sealed           bytea NOT NULL,
  previous_secret_sealed  bytea,
  previous_until          timestamptz,
  created_at              timestamptz NOT NULL,
  updated_at              timestamptz NOT NULL,
  -- Endpoints take turns.
  last_claimed_at         timestamptz
);

CREATE TABLE webhook_delivery (
  merchant_id      text NOT NULL,
  delivery_id      text NOT NULL,
  -- The webhook-id header: the same in every attempt.
  webhook_id       text NOT NULL,
  -- What it tells of, so that the same is not told twice.
  source           text NOT NULL,
  type             text NOT NULL,
  payment_id       text,
  body             text NOT NULL,
  state            text NOT NULL CHECK (state IN ('pending', 'delivered', 'given-up')),
  attempts         integer NOT NULL DEFAULT 0,
  attempts_allowed integer NOT NULL,
  next_attempt_at  timestamptz,
  -- Set while an attempt is under way; afterwards another replica may try.
  lease_until      timestamptz,
  last_attempt_at  timestamptz,
  last_status      integer,
  last_error       text,
  created_at       timestamptz NOT NULL,
  delivered_at     timestamptz,
  PRIMARY KEY (merchant_id, delivery_id),
  UNIQUE (merchant_id, source)
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (merchant_id, next_attempt_at) WHERE state = 'pending';
CREATE INDEX webhook_delivery_leased ON webhook_delivery (merchant_id, lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX webhook_delivery_age ON webhook_delivery (created_at);
