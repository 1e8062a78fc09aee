-- Everything seed-service owns. Rows of a payer are keyed by payer_id first, the distribution key. Four directory
-- tables (account_number, device_key, device_owner, alias) and online_code are found by a value of their own and are
-- distributed by it; they hold nothing but the way back to the payer.

create table payer (
  payer_id text primary key,
  account_number text not null,
  created_at timestamptz not null
);
comment on table payer is 'A payer known here; the row every change of its devices locks first.';

create table account_number (
  account_number text primary key check (account_number ~ '^[0-9]{16}$'),
  payer_id text not null
);
comment on table account_number is 'Directory: makes account numbers unique over all payers.';

create table payment_password (
  payer_id text primary key,
  phc text not null,
  failed_attempts integer not null default 0 check (failed_attempts >= 0),
  locked_at timestamptz,
  locked_until timestamptz,
  changed_at timestamptz not null
);
comment on table payment_password is 'Argon2id in PHC form, peppered; attempts are counted before they are answered.';

create table device (
  payer_id text not null,
  device_id text not null check (device_id ~ '^[0-9a-f]{16}$'),
  name text not null,
  public_key bytea not null check (length(public_key) = 33),
  state text not null check (state in ('pending', 'live', 'revoked', 'abandoned')),
  key_epoch integer not null default 0,
  allowance_minor bigint not null default 0 check (allowance_minor >= 0),
  currency text not null,
  allowance_released boolean not null default false,
  released_device_ids text[] not null default '{}',
  attempted_at timestamptz not null,
  created_at timestamptz not null,
  enrolled_at timestamptz,
  renewed_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  revocation_reason text,
  primary key (payer_id, device_id),
  check ((state in ('live', 'revoked')) = (enrolled_at is not null)),
  check ((state = 'revoked') = (revoked_at is not null)),
  check ((revoked_at is null) = (revocation_reason is null))
);
create unique index device_one_live on device (payer_id) where state = 'live';
create unique index device_one_pending on device (payer_id) where state = 'pending';
comment on table device is 'pending until the allowance is held, live until revoked; abandoned when another replaced a pending one.';

create table device_owner (
  device_id text primary key,
  payer_id text not null
);
comment on table device_owner is 'Directory: from a device id, which is all a token carries, to its payer.';

create table device_key (
  public_key bytea primary key,
  payer_id text not null,
  device_id text not null
);
comment on table device_key is 'Directory: a device key enrols once.';

create table seed (
  payer_id text not null,
  seed_id uuid not null,
  device_id text not null,
  alias text not null,
  sealed bytea,
  key_version integer not null,
  authorisation bytea not null check (length(authorisation) = 276),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  retired_at timestamptz,
  primary key (payer_id, seed_id),
  check ((sealed is null) = (retired_at is not null))
);
create unique index seed_one_live on seed (payer_id, device_id) where retired_at is null;
comment on table seed is 'Sealed under key_version, bound to payer and seed id; wiped when retired.';

create table alias (
  alias text primary key check (alias ~ '^[0-9]{10}$'),
  payer_id text not null,
  seed_id uuid not null
);
comment on table alias is 'Directory of live seeds: a row goes when its seed is retired.';

create table enrolment_challenge (
  payer_id text not null,
  challenge bytea not null,
  expires_at timestamptz not null,
  primary key (payer_id, challenge)
);

create table online_code (
  code_hash bytea primary key,
  code_id uuid not null,
  payer_id text not null,
  device_id text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index online_code_of_device on online_code (payer_id, device_id, created_at);
comment on table online_code is 'Only a keyed hash of the code; rows go some minutes after they expire.';

create table issuer_key (
  issuer_key_id uuid primary key,
  idempotency_key text not null unique,
  public_key bytea not null unique check (length(public_key) = 33),
  sealed bytea not null,
  key_version integer not null,
  certificate bytea check (length(certificate) = 117),
  certificate_expires_at timestamptz,
  created_at timestamptz not null,
  installed_at timestamptz,
  check ((certificate is null) = (installed_at is null)),
  check ((certificate is null) = (certificate_expires_at is null))
);
comment on table issuer_key is 'The certified key installed last signs; every certified key that has not expired is trusted.';

create table deny_entry (
  device_id text primary key,
  payer_id text not null,
  reason text not null,
  denied_at timestamptz not null,
  expires_at timestamptz not null,
  added_version bigint,
  removed_version bigint,
  check (removed_version is null or removed_version > added_version)
);
create index deny_entry_unpublished on deny_entry (denied_at) where added_version is null;
create index deny_entry_added on deny_entry (added_version);
create index deny_entry_removed on deny_entry (removed_version) where removed_version is not null;
create index deny_entry_expiry on deny_entry (expires_at) where removed_version is null;

create table deny_list_head (
  singleton boolean primary key default true check (singleton),
  version bigint not null check (version >= 1),
  changed_at timestamptz not null
);
insert into deny_list_head (version, changed_at) values (1, 'epoch');
comment on table deny_list_head is 'A version is given to all that was revoked since the last, so that revoking locks no shared row.';

create table security_event (
  event_id uuid primary key,
  occurred_at timestamptz not null,
  kind text not null,
  payer_id text,
  device_id text,
  actor text not null,
  details jsonb not null default '{}'
);
create index security_event_of_payer on security_event (payer_id, occurred_at);
comment on table security_event is 'Append-only: the triggers below refuse every change.';

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'security_event is append-only' using errcode = 'integrity_constraint_violation';
end
$$;
create trigger security_event_append_only before update or delete on security_event
  for each row execute function refuse_change();
create trigger security_event_no_truncate before truncate on security_event
  for each statement execute function refuse_change();
