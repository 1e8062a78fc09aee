-- The payer is the distribution key of everything that is a payer's.

-- One row for each payer: head of the inbox, contact, WebAuthn user handle. Its lock orders a payer's items.
CREATE TABLE payer (
  payer_id          text PRIMARY KEY CHECK (length(payer_id) BETWEEN 1 AND 255),
  last_item_id      bigint NOT NULL DEFAULT 0 CHECK (last_item_id >= 0),
  -- SM4-GCM under the key-encryption key, bound to the payer.
  phone_sealed      bytea,
  phone_updated_at  timestamptz,
  user_handle       bytea CHECK (length(user_handle) = 32)
);

-- What was told already: each change of a payment once, whatever the order.
CREATE TABLE payment_told (
  payer_id    text NOT NULL,
  payment_id  text NOT NULL,
  -- 'payment' with the payment's revision; 'dispute' with 0.
  kind        text NOT NULL CHECK (kind IN ('payment', 'dispute')),
  revision    integer NOT NULL,
  told_at     timestamptz NOT NULL,
  PRIMARY KEY (payer_id, payment_id, kind, revision)
);
CREATE INDEX payment_told_age ON payment_told (told_at);

CREATE TABLE inbox_item (
  payer_id        text NOT NULL,
  -- Counts a payer's items from 1. Assigned under the payer's row lock, so that items become visible in order.
  item_id         bigint NOT NULL CHECK (item_id > 0),
  type            text NOT NULL CHECK (type IN ('payment', 'challenge', 'dispute')),
  title           text NOT NULL,
  text            text NOT NULL,
  payment_id      text NOT NULL,
  merchant_id     text NOT NULL,
  amount_minor    bigint,
  refunded_minor  bigint,
  currency        text,
  state           text NOT NULL,
  revision        integer NOT NULL,
  reasons         jsonb NOT NULL,
  challenge_id    text,
  changed_at      timestamptz NOT NULL,
  created_at      timestamptz NOT NULL,
  PRIMARY KEY (payer_id, item_id)
);
CREATE INDEX inbox_item_age ON inbox_item (created_at);

CREATE TABLE challenge (
  payer_id            text NOT NULL,
  challenge_id        text NOT NULL,
  payment_id          text NOT NULL,
  merchant_id         text NOT NULL,
  amount_minor        bigint NOT NULL CHECK (amount_minor >= 0),
  currency            text NOT NULL,
  reasons             jsonb NOT NULL,
  state               text NOT NULL CHECK (state IN ('created', 'delivered', 'passed', 'failed', 'expired')),
  method              text CHECK (method IN ('sms', 'face')),
  created_at          timestamptz NOT NULL,
  expires_at          timestamptz NOT NULL CHECK (expires_at > created_at),
  ended_at            timestamptz,
  -- Wrong and right SMS answers together; the check holds whatever the code does.
  tries_used          integer NOT NULL DEFAULT 0,
  tries_allowed       integer NOT NULL,
  sms_sends           integer NOT NULL DEFAULT 0,
  sms_sent_at         timestamptz,
  sms_id              text,
  -- HMAC of the code with challenge, payment, amount and merchant.
  code_hash           bytea,
  code_expires_at     timestamptz,
  face_ceremonies     integer NOT NULL DEFAULT 0,
  -- Of the last options handed out; null once they were answered.
  face_nonce          bytea,
  face_expires_at     timestamptz,
  PRIMARY KEY (payer_id, challenge_id),
  -- A payment belongs to one payer, so this is one challenge for each payment.
  UNIQUE (payer_id, payment_id),
  CHECK (tries_used BETWEEN 0 AND tries_allowed),
  CHECK ((ended_at IS NULL) = (state IN ('created', 'delivered')))
);
CREATE INDEX challenge_due ON challenge (expires_at) WHERE state IN ('created', 'delivered');
CREATE INDEX challenge_ended ON challenge (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE passkey (
  payer_id          text NOT NULL,
  credential_id     bytea NOT NULL CHECK (length(credential_id) BETWEEN 1 AND 1023),
  -- Attested credential data of WebAuthn: AAGUID, credential id, COSE key.
  attested_data     bytea NOT NULL,
  sign_count        bigint NOT NULL CHECK (sign_count >= 0),
  backup_eligible   boolean NOT NULL,
  backup_state      boolean NOT NULL,
  transports        text[] NOT NULL,
  created_at        timestamptz NOT NULL,
  last_used_at      timestamptz,
  PRIMARY KEY (payer_id, credential_id)
);

-- Creation options handed out and not yet answered.
CREATE TABLE passkey_registration (
  payer_id    text NOT NULL,
  challenge   bytea NOT NULL,
  expires_at  timestamptz NOT NULL,
  PRIMARY KEY (payer_id, challenge)
);
CREATE INDEX passkey_registration_age ON passkey_registration (expires_at);
