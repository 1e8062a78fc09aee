-- The double-entry ledger: accounts, postings with their entries, holds.
--
-- Amounts are integer minor units. What an owner may claim is positive; the bank account is the
-- mirror of all of it and is negative by the money that is in the system. Account ids are made of
-- what the account is (payer:alice:available:CNY), so that opening one needs no lookup.
--
-- Every table carries the owner it is distributed by as the first column of its primary key: the
-- payer, or the merchant of sweeps and settlements.

CREATE TABLE account (
  owner_id     text        NOT NULL,
  account_id   text        NOT NULL,
  owner_kind   text        NOT NULL,
  kind         text        NOT NULL,
  device_id    text,
  currency     text        NOT NULL,
  posted_minor bigint      NOT NULL DEFAULT 0,
  held_minor   bigint      NOT NULL DEFAULT 0,
  opened_at    timestamptz NOT NULL,
  PRIMARY KEY (owner_id, account_id),
  CONSTRAINT account_kind_of_owner CHECK (
    (owner_kind = 'payer' AND kind IN ('available', 'allowance', 'arrears'))
    OR (owner_kind = 'merchant' AND kind = 'payable')
    OR (owner_kind = 'platform' AND kind IN ('clearing', 'bank'))),
  CONSTRAINT account_device_of_allowance CHECK ((kind = 'allowance') = (device_id IS NOT NULL)),
  CONSTRAINT account_currency CHECK (currency ~ '^[A-Z]{3}$'),
  -- Stops spending money that is not there, whatever the code above it believes: a payer's balance
  -- and allowance less what is held, a clearing bucket, a merchant's payable.
  CONSTRAINT account_not_negative
    CHECK (kind IN ('bank', 'arrears') OR posted_minor - held_minor >= 0),
  -- Stops ending a hold twice.
  CONSTRAINT account_held_not_negative CHECK (held_minor >= 0)
) WITH (fillfactor = 70); -- balances are updated in place, without touching an index

CREATE TABLE posting (
  owner_id   text        NOT NULL,
  posting_id uuid        NOT NULL,
  kind       text        NOT NULL,
  payment_id text,
  -- What the posting is for beside a payment: refund id, bank reference, batch id, allowance key.
  reference  text        NOT NULL DEFAULT '',
  posted_at  timestamptz NOT NULL,
  PRIMARY KEY (owner_id, posting_id),
  CONSTRAINT posting_kind CHECK (
    kind IN ('deposit', 'payment', 'reversal', 'refund', 'allowance', 'sweep', 'settlement')),
  CONSTRAINT posting_of_payment CHECK (
    (kind IN ('payment', 'reversal', 'refund')) = (payment_id IS NOT NULL))
);

-- Stops a payment from moving its money twice, from being reversed twice, and a refund id from being
-- given back twice, even if every check before it failed.
CREATE UNIQUE INDEX posting_once ON posting (payment_id, owner_id, kind, reference)
  WHERE payment_id IS NOT NULL;

CREATE TABLE entry (
  owner_id         text     NOT NULL,
  posting_id       uuid     NOT NULL,
  line             smallint NOT NULL,
  account_owner_id text     NOT NULL,
  account_id       text     NOT NULL,
  amount_minor     bigint   NOT NULL,
  currency         text     NOT NULL,
  PRIMARY KEY (owner_id, posting_id, line),
  -- Stops entries of no posting. The account has no foreign key: it may live on another shard than
  -- the posting (a payer's posting touches a clearing bucket). CheckLedger compares both ways.
  CONSTRAINT entry_of_posting FOREIGN KEY (owner_id, posting_id) REFERENCES posting,
  CONSTRAINT entry_moves_something CHECK (amount_minor <> 0)
);

-- Stops money from appearing or vanishing: when the transaction ends, the entries of each posting
-- that got one sum to zero in each currency.
CREATE FUNCTION entry_sums_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM entry e
    WHERE e.owner_id = NEW.owner_id AND e.posting_id = NEW.posting_id
    GROUP BY e.currency
    HAVING sum(e.amount_minor) <> 0)
  THEN
    RAISE EXCEPTION 'entries of posting % do not sum to zero', NEW.posting_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_sums_to_zero', TABLE = 'entry';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER entry_sums_to_zero
  AFTER INSERT ON entry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION entry_sums_to_zero();

-- Stops rewriting history. A mistake is corrected by another posting.
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'table % is append-only: % is refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END $$;

CREATE TRIGGER posting_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON posting
  FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
  FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- Two-phase transfers: money set aside for a payment, then posted or voided. A tap may hold part in
-- its device's allowance and the rest in the available balance, so that a payment has at most one
-- hold in each account.
CREATE TABLE hold (
  payer_id     text        NOT NULL,
  payment_id   text        NOT NULL,
  account_id   text        NOT NULL,
  amount_minor bigint      NOT NULL,
  currency     text        NOT NULL,
  state        text        NOT NULL,
  placed_at    timestamptz NOT NULL,
  ended_at     timestamptz,
  -- Stops holding twice for one payment.
  PRIMARY KEY (payer_id, payment_id, account_id),
  CONSTRAINT hold_amount CHECK (amount_minor > 0),
  CONSTRAINT hold_state CHECK (state IN ('pending', 'posted', 'voided')),
  CONSTRAINT hold_ended CHECK ((state = 'pending') = (ended_at IS NULL))
);

CREATE INDEX hold_pending ON hold (payer_id, account_id) WHERE state = 'pending';

-- Stops a hold from ending twice: posted and voided are final.
CREATE FUNCTION hold_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'pending' OR NEW.amount_minor <> OLD.amount_minor THEN
    RAISE EXCEPTION 'hold of % in % is already %', OLD.payment_id, OLD.account_id, OLD.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'hold_ends_once', TABLE = 'hold';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER hold_ends_once BEFORE UPDATE ON hold
  FOR EACH ROW EXECUTE FUNCTION hold_ends_once();

-- Bank deposits. Stops one bank reference from crediting twice.
CREATE TABLE deposit (
  bank_reference text        NOT NULL PRIMARY KEY,
  owner_kind     text        NOT NULL,
  owner_id       text        NOT NULL,
  amount_minor   bigint      NOT NULL,
  currency       text        NOT NULL,
  deposited_at   timestamptz NOT NULL,
  CONSTRAINT deposit_amount CHECK (amount_minor > 0)
);
