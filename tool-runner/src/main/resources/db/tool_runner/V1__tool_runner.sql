-- One row per tool call, from its request until no copy of the request can arrive any more.
create table tool_call (
    tenant      text        not null,
    id          text        not null,
    tool        text        not null,
    state       text        not null check (state in ('waiting', 'running', 'done')),
    -- what was asked and for whom; emptied when the call is done
    request     text,
    origin      text,
    due_at      timestamptz not null default now(),
    -- who runs it and until when that is believed
    holder      text,
    lease_until timestamptz not null default '-infinity',
    fence       bigint      not null default 0,
    outcome     text,
    finished_at timestamptz,
    primary key (tenant, id)
);
create index tool_call_due on tool_call (due_at) where state <> 'done';
create index tool_call_finished on tool_call (finished_at) where state = 'done';
select protect('tool_call');
select queue_scans('tool_call', '{tenant,id,state,due_at,lease_until,holder,finished_at}', '{lease_until}', true);
