-- Key-encryption keys that change while the service runs.
CREATE TABLE reseal_job (
  job_id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key_version   integer NOT NULL,
  requested_by  text NOT NULL,
  requested_at  timestamptz NOT NULL,
  resealed      bigint NOT NULL DEFAULT 0,
  broken        bigint NOT NULL DEFAULT 0,
  finished_at   timestamptz
);
-- One at a time; one replica at a time works on it, under the row's lock.
CREATE UNIQUE INDEX reseal_job_one_unfinished ON reseal_job ((finished_at IS NULL)) WHERE finished_at IS NULL;

-- A sealed value begins with the version of its key.
CREATE INDEX payer_phone_version ON payer ((get_byte(phone_sealed, 0) * 256 + get_byte(phone_sealed, 1)))
  WHERE phone_sealed IS NOT NULL;
