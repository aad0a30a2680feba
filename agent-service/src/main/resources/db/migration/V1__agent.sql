create table conversation (
    tenant         text   not null,
    id             text   not null,
    last_seq       bigint not null default 0,
    -- turns up to this one are no longer looked at (/new)
    fresh_after    bigint not null default 0,
    recalled       text,
    primary key (tenant, id)
);
select protect('conversation');

create table turn (
    tenant       text        not null,
    id           text        not null,
    conversation text        not null,
    seq          bigint      not null,
    person       text        not null,
    -- 0: a person waits for it; 1: a trigger's work
    priority     smallint    not null,
    phase        text        not null,
    input        text        not null,
    state        text        not null,
    origin       text        not null,
    explanation  text,
    answer       text,
    created_at   timestamptz not null default now(),
    answered_at  timestamptz,
    finished_at  timestamptz,
    wake_at      timestamptz,
    lease_until  timestamptz,
    fence        bigint      not null default 0,
    failures     int         not null default 0,
    primary key (tenant, id)
);
create index turn_queued on turn (priority, created_at) where phase = 'queued';
create index turn_order on turn (tenant, conversation, seq);
create index turn_unanswered on turn (tenant, conversation, seq) where answered_at is null;
create index turn_wake on turn (wake_at) where wake_at is not null;
create index turn_lease on turn (lease_until) where phase = 'thinking';
select protect('turn');
select queue_scans('turn',
    '{tenant,id,conversation,seq,priority,phase,created_at,answered_at,wake_at,lease_until}');

create table step (
    tenant      text        not null,
    turn        text        not null,
    id          text        not null,
    kind        text        not null,
    name        text        not null,
    outcome     text,
    detail      text,
    started_at  timestamptz not null default now(),
    finished_at timestamptz,
    primary key (tenant, turn, id)
);
select protect('step');

create table approval (
    tenant       text        not null,
    code         text        not null,
    turn         text        not null,
    conversation text        not null,
    operation    text        not null,
    hash         text        not null,
    rule         text        not null,
    requester    text        not null,
    state        text        not null,
    decided_by   text,
    asked_at     timestamptz not null,
    expires_at   timestamptz not null,
    primary key (tenant, code)
);
create index approval_open on approval (tenant, requester) where state = 'open';
select protect('approval');

create table preference (
    tenant   text not null,
    person   text not null,
    language text,
    zone     text,
    primary key (tenant, person)
);
select protect('preference');
