-- Events written in the transaction of their effect. pending -> published (in Redis, with its entry id)
-- -> delivered (acknowledged by every consumer group), and back to pending when Redis lost it.
create table outbox (
    id            bigint generated always as identity primary key,
    event_id      uuid not null unique,
    stream        text not null,
    partition     smallint not null,
    partition_key text not null,
    type          text not null,
    occurred_at   timestamptz not null,
    traceparent   text,
    payload       bytea not null,
    status        text not null default 'pending' check (status in ('pending', 'published', 'delivered')),
    entry_ms      bigint,
    entry_seq     bigint,
    delivered_at  timestamptz,
    check ((status = 'pending') = (entry_ms is null and entry_seq is null))
) with (autovacuum_vacuum_scale_factor = 0.02);

create index outbox_pending on outbox (id) where status = 'pending';
create index outbox_published on outbox (stream, partition, entry_ms, entry_seq) where status = 'published';
create index outbox_delivered on outbox (delivered_at) where status = 'delivered';

-- One row for each partition that this service has published to. `beat` is the last value of a counter
-- that lives beside the stream in Redis and rises with every published batch: a counter in Redis that
-- is lower, or absent, says that Redis lost something.
create table outbox_partition (
    stream    text not null,
    partition smallint not null,
    beat      bigint not null default 0,
    primary key (stream, partition)
);

-- Wakes the relays. The service's own connections say tallystick.relay = 'local': they wake the relay
-- of their own process after the commit, since a NOTIFY in every transaction would make commits queue
-- for one lock.
create function outbox_notify() returns trigger language plpgsql as $$
begin
    if current_setting('tallystick.relay', true) is distinct from 'local' then
        perform pg_notify('outbox_' || tg_table_schema, '');
    end if;
    return null;
end
$$;

create trigger outbox_notify after insert on outbox for each statement execute function outbox_notify();
