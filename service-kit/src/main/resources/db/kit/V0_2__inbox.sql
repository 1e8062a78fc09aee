-- Events whose effect has happened, by consumer group; written in the transaction of the effect.
create table inbox (
    consumer    text not null,
    event_id    uuid not null,
    received_at timestamptz not null,
    primary key (consumer, event_id)
);

create index inbox_received on inbox (received_at);

-- Entries that were given up, with the reason, for a person to look at.
create table dead_letter (
    id            bigint generated always as identity primary key,
    consumer      text not null,
    stream        text not null,
    partition     smallint not null,
    entry_id      text not null,
    event_id      uuid,
    type          text,
    partition_key text,
    occurred_at   timestamptz,
    traceparent   text,
    payload       bytea,
    reason        text not null,
    message       text not null,
    deliveries    bigint not null,
    died_at       timestamptz not null,
    unique (consumer, stream, partition, entry_id)
);
