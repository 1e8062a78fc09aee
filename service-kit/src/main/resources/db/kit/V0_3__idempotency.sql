-- Answers already given, by the key the caller chose; written in the transaction of the effect. The
-- request is kept as one digest for each field, so that a differing one can be named and no secret is
-- stored.
create table idempotency (
    scope      text not null,
    key        text not null,
    request    jsonb not null,
    response   bytea,
    created_at timestamptz not null,
    primary key (scope, key)
);

create index idempotency_created on idempotency (created_at);
