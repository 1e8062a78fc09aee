-- Append-only logs under a hash chain. Rows are sealed in segments, in the order of the transactions
-- that wrote them, by one sealer at a time: writers take no lock and wait for nobody.
create table audit_chain (
    log      text primary key,
    sequence bigint not null default 0 check (sequence >= 0),
    digest   bytea not null default decode(repeat('00', 32), 'hex') check (octet_length(digest) = 32),
    last_xid bigint not null default 0,
    last_id  bigint not null default 0
);

create table audit_segment (
    log         text not null,
    -- From 1, without gaps.
    sequence    bigint not null check (sequence > 0),
    -- Where it ends: the position of its last row.
    last_xid    bigint not null,
    last_id     bigint not null,
    row_ids     bigint[] not null,
    -- SM3 of each row, 32 bytes each, in the order of row_ids.
    row_digests bytea not null,
    -- SM3 of the one before, the sequence, the ids and the digests.
    digest      bytea not null check (octet_length(digest) = 32),
    sealed_at   timestamptz not null,
    primary key (log, sequence),
    check (octet_length(row_digests) = 32 * cardinality(row_ids))
);

-- The chain's state at a moment, signed with the service's own key, which is not in the database.
create table audit_head (
    log         text not null,
    sequence    bigint not null,
    digest      bytea not null check (octet_length(digest) = 32),
    signed_at   timestamptz not null,
    -- DER, so that a head is checked after the key was replaced.
    certificate bytea not null,
    signature   bytea not null,
    primary key (log, sequence)
);

create function audit_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'table % is append-only: % is refused', tg_table_name, tg_op
        using errcode = 'restrict_violation', table = tg_table_name;
end
$$;

create trigger audit_segment_append_only before update or delete or truncate on audit_segment
    for each statement execute function audit_append_only();
create trigger audit_head_append_only before update or delete or truncate on audit_head
    for each statement execute function audit_append_only();
