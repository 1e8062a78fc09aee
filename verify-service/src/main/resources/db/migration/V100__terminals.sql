-- Merchants and terminals, registered by operators.

CREATE TABLE merchant (
  merchant_id text PRIMARY KEY CHECK (merchant_id ~ '^[A-Za-z0-9._-]{1,15}$'),
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  registered_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);

CREATE TABLE terminal (
  merchant_id text NOT NULL REFERENCES merchant (merchant_id),
  terminal_id text NOT NULL CHECK (terminal_id ~ '^[A-Za-z0-9._-]{1,8}$'),
  public_key bytea NOT NULL CHECK (octet_length(public_key) = 33),
  latitude_degrees double precision CHECK (latitude_degrees BETWEEN -90 AND 90),
  longitude_degrees double precision CHECK (longitude_degrees BETWEEN -180 AND 180),
  floor_limit_minor bigint NOT NULL CHECK (floor_limit_minor BETWEEN 0 AND 1000000000000),
  registered_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, terminal_id),
  CHECK ((latitude_degrees IS NULL) = (longitude_degrees IS NULL))
);

-- Keys a terminal had before: receipts it signed with one may still be on their way.
CREATE TABLE terminal_former_key (
  merchant_id text NOT NULL,
  terminal_id text NOT NULL,
  public_key bytea NOT NULL CHECK (octet_length(public_key) = 33),
  replaced_at timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, terminal_id, replaced_at),
  FOREIGN KEY (merchant_id, terminal_id) REFERENCES terminal (merchant_id, terminal_id)
);
