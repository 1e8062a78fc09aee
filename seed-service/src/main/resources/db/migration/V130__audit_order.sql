-- The order in which security events are sealed: the transaction, then the row within it.
alter table security_event
  add column written_xid xid8 not null default pg_current_xact_id(),
  add column written_id bigint generated always as identity;
create unique index security_event_order on security_event (written_xid, written_id);
