-- Payers: one row each, locked by whoever scores a payment of the payer, so that two payments of one payer never
-- miss each other.
CREATE TABLE payer_profile (
  payer_id             text PRIMARY KEY,
  failed_challenge_at  timestamptz,
  failed_payment_id    text,
  passed_challenge_at  timestamptz,
  double_spends        integer NOT NULL DEFAULT 0 CHECK (double_spends >= 0),
  CHECK ((failed_challenge_at IS NULL) = (failed_payment_id IS NULL))
);

-- Devices, from the devices stream. A device may be known by its allowance or its double spend before its enrolment
-- is heard of.
CREATE TABLE device (
  payer_id     text NOT NULL,
  device_id    text NOT NULL,
  enrolled_at  timestamptz,
  PRIMARY KEY (payer_id, device_id)
);

CREATE TABLE device_grant (
  payer_id      text NOT NULL,
  device_id     text NOT NULL,
  granted_at    timestamptz NOT NULL,
  amount_minor  bigint NOT NULL CHECK (amount_minor >= 0),
  currency      text NOT NULL,
  PRIMARY KEY (payer_id, device_id, granted_at)
);

CREATE TABLE double_spend (
  payer_id     text NOT NULL,
  device_id    text NOT NULL,
  serial       text NOT NULL,
  evidence_id  text NOT NULL,
  detected_at  timestamptz NOT NULL,
  PRIMARY KEY (payer_id, device_id, serial, evidence_id)
);

-- Payments as they looked when they were scored: what windows are counted in.
CREATE TABLE observation (
  payment_id            text PRIMARY KEY,
  payer_id              text NOT NULL,
  device_id             text NOT NULL,
  way                   text NOT NULL CHECK (way IN ('offline_code', 'online_code', 'tap')),
  terminal_id           text NOT NULL,
  amount_minor          bigint NOT NULL CHECK (amount_minor >= 0),
  currency              text NOT NULL,
  paid_at               timestamptz NOT NULL,
  received_at           timestamptz NOT NULL,
  latitude              double precision,
  longitude             double precision,
  counter               bigint,
  allowance_left_minor  bigint,
  CHECK ((latitude IS NULL) = (longitude IS NULL)),
  CHECK ((way = 'tap') = (counter IS NOT NULL)),
  CHECK ((counter IS NULL) = (allowance_left_minor IS NULL))
);

CREATE INDEX observation_by_paid_at ON observation (payer_id, paid_at, payment_id);
CREATE INDEX observation_by_counter ON observation (payer_id, device_id, counter) WHERE counter IS NOT NULL;
CREATE INDEX observation_by_received_at ON observation (received_at);

-- Decisions, never changed. Each carries its own copy of all it rests on, so observations may be deleted.
CREATE TABLE decision (
  payment_id          text PRIMARY KEY,
  decision_id         uuid NOT NULL,
  payer_id            text NOT NULL,
  outcome             text NOT NULL CHECK (outcome IN ('clear', 'freeze', 'refuse')),
  rules               text[] NOT NULL,
  thresholds_version  text NOT NULL,
  decided_at          timestamptz NOT NULL,
  observation         jsonb NOT NULL,
  history             jsonb NOT NULL,
  findings            jsonb NOT NULL
);

CREATE INDEX decision_by_payer ON decision (payer_id, decided_at DESC, payment_id DESC);
CREATE INDEX decision_by_decided_at ON decision (decided_at);

-- What clearing-service said of payments: the latest revision wins. Only money that moved and stayed counts.
CREATE TABLE payment_standing (
  payment_id   text PRIMARY KEY,
  payer_id     text NOT NULL,
  revision     bigint NOT NULL CHECK (revision > 0),
  state        text NOT NULL,
  standing     text NOT NULL CHECK (standing IN ('open', 'moved', 'failed')),
  moved_minor  bigint NOT NULL CHECK (moved_minor >= 0),
  currency     text NOT NULL,
  paid_at      timestamptz NOT NULL,
  changed_at   timestamptz NOT NULL,
  CHECK (moved_minor = 0 OR standing = 'moved')
);

CREATE INDEX payment_standing_moved ON payment_standing (payer_id, currency, paid_at DESC) WHERE moved_minor > 0;
CREATE INDEX payment_standing_by_changed_at ON payment_standing (changed_at);

-- Challenges passed: one row for each rule that had frozen the payment.
CREATE TABLE confirmation (
  payer_id      text NOT NULL,
  payment_id    text NOT NULL,
  rule          text NOT NULL,
  device_id     text NOT NULL,
  amount_minor  bigint NOT NULL CHECK (amount_minor >= 0),
  currency      text NOT NULL,
  latitude      double precision,
  longitude     double precision,
  triggers      text[] NOT NULL,
  confirmed_at  timestamptz NOT NULL,
  PRIMARY KEY (payer_id, payment_id, rule)
);

CREATE INDEX confirmation_by_payer ON confirmation (payer_id, confirmed_at DESC);
CREATE INDEX confirmation_by_confirmed_at ON confirmation (confirmed_at);

-- Every set of thresholds that was ever in force, in full.
CREATE TABLE thresholds (
  version       text PRIMARY KEY,
  effective     jsonb NOT NULL,
  in_force_at   timestamptz NOT NULL
);
