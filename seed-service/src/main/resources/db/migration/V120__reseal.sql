-- Key-encryption keys that change while the service runs.

create table reseal_job (
  job_id bigint generated always as identity primary key,
  key_version integer not null,
  requested_by text not null,
  requested_at timestamptz not null,
  resealed bigint not null default 0,
  broken bigint not null default 0,
  finished_at timestamptz
);
create unique index reseal_job_one_unfinished on reseal_job ((finished_at is null)) where finished_at is null;
comment on table reseal_job is 'Sealing everything anew under key_version; one replica at a time works, under the row''s lock.';

create table kept_pepper (
  pepper_version integer primary key,
  sealed bytea not null,
  key_version integer not null,
  kept_at timestamptz not null
);
comment on table kept_pepper is 'Peppers of passwords hashed under key-encryption keys that may be gone.';

alter table online_code add column key_version integer;

create index seed_sealed_version on seed (key_version) where sealed is not null;
