-- What people and machines with an operator's certificate, and people with a role, called: written
-- before the call does anything. Append-only, under the audit chain.
create table operator_call (
    call_id     uuid primary key,
    began_at    timestamptz not null,
    -- URI of the certificate, or subject of the access token.
    caller      text not null check (char_length(caller) between 1 and 512),
    -- Full name of the gRPC method, or HTTP method and path.
    call        text not null check (char_length(call) between 1 and 512),
    -- The gRPC message in protobuf's text format, cut; empty for REST.
    request     text not null check (char_length(request) <= 4096),
    written_xid xid8 not null default pg_current_xact_id(),
    written_id  bigint generated always as identity
);
create unique index operator_call_order on operator_call (written_xid, written_id);

create trigger operator_call_append_only before update or delete or truncate on operator_call
    for each statement execute function audit_append_only();
