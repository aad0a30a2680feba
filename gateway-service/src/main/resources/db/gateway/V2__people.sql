-- People as they were last announced, so that one who left the file is announced as gone; people and addresses that
-- came by pairing; and pairings that wait for the owner.

create table person (
    tenant     text        not null,
    id         text        not null,
    name       text        not null,
    zone       text        not null,
    language   text        not null,
    owner      boolean     not null,
    active     boolean     not null,
    paired     boolean     not null default false,
    changed_at timestamptz not null default now(),
    primary key (tenant, id)
);
select protect('person');

create table linked_address (
    tenant    text        not null,
    channel   text        not null,
    address   text        not null,
    person    text        not null,
    linked_by text        not null,
    linked_at timestamptz not null default now(),
    primary key (tenant, channel, address)
);
select protect('linked_address');

create table pairing (
    tenant     text        not null,
    channel    text        not null,
    address    text        not null,
    code       text        not null,
    asked_at   timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    primary key (tenant, channel, address)
);
create unique index pairing_code on pairing (tenant, code);
select protect('pairing');
