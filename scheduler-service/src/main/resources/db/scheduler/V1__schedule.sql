-- Triggers, what watches know, requests for watches that wait for their address, and the persons that triggers act for.

create table trigger (
    tenant         text        not null,
    id             text        not null,
    handle         text        not null,
    state          text        not null check (state in ('ACTIVE', 'PAUSED', 'FINISHED', 'CANCELLED')),
    owner          text        not null,
    conversation   text        not null,
    zone           text        not null,
    language       text        not null,
    body           text        not null,
    -- a reminder has action and timing, a watch has an interval
    action         text check (action in ('REMIND', 'ASK', 'DO')),
    timing         text,
    until_date     date,
    every_millis   bigint,
    made_at        timestamptz not null,
    due_at         timestamptz,
    -- when to look at it: the due time, or later while its owner is not known yet
    wake_at        timestamptz,
    ended_at       timestamptz,
    primary key (tenant, id),
    unique (tenant, handle),
    check ((action is null) = (timing is null) and (action is null) <> (every_millis is null))
);
create index trigger_wake on trigger (wake_at) where wake_at is not null;
create index trigger_ended on trigger (ended_at) where ended_at is not null;
create index trigger_of_owner on trigger (tenant, owner, due_at, made_at desc) where state in ('ACTIVE', 'PAUSED');
select protect('trigger');
select queue_scans('trigger', '{tenant,id,wake_at,ended_at}', deletable => true);

create table watch (
    tenant          text        not null,
    id              text        not null,
    expected_status int         not null,
    approved        text,
    health          text        not null default 'GOOD' check (health in ('GOOD', 'SUSPECT', 'BAD')),
    since           timestamptz,
    -- null while it is paused
    check_at        timestamptz,
    lease_until     timestamptz,
    fence           bigint      not null default 0,
    primary key (tenant, id),
    check ((health = 'GOOD') = (since is null))
);
create index watch_check on watch (check_at) where check_at is not null;
select protect('watch');
select queue_scans('watch', '{tenant,id,check_at,lease_until}');

create table asked_watch (
    tenant      text        not null,
    id          text        not null,
    headers     text        not null,
    payload     text        not null,
    asked_at    timestamptz not null default now(),
    lease_until timestamptz,
    fence       bigint      not null default 0,
    primary key (tenant, id)
);
create index asked_watch_age on asked_watch (asked_at);
select protect('asked_watch');
select queue_scans('asked_watch', '{tenant,id,asked_at,lease_until}');

create table handle_counter (
    tenant text   not null,
    form   text   not null,
    last   bigint not null,
    primary key (tenant, form)
);
select protect('handle_counter');

create table person (
    tenant  text        not null,
    id      text        not null,
    active  boolean     not null,
    told_at timestamptz not null,
    primary key (tenant, id)
);
select protect('person');
