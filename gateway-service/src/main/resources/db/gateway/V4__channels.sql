-- What is to be said on chat platforms, in order, and which instance holds a login that there can be only one of.

create table channel_outbound (
    tenant     text        not null,
    id         text        not null,
    channel    text        not null,
    position   bigint      not null generated always as identity,
    address    text        not null,
    text       text        not null,
    attempts   integer     not null default 0,
    created_at timestamptz not null default now(),
    sent_at    timestamptz,
    primary key (tenant, id)
);
create index channel_outbound_waiting on channel_outbound (tenant, channel, position) where sent_at is null;
select protect('channel_outbound');

create table lease (
    tenant text        not null,
    name   text        not null,
    holder text        not null,
    fence  bigint      not null,
    until  timestamptz not null,
    primary key (tenant, name)
);
select protect('lease');

alter table conversation add column address text;
