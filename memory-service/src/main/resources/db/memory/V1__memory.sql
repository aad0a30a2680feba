-- What is remembered, and the keys that it can be read with. Only ids, times and ciphertext: no word of any memory.

-- Keys, in tables of their own, so that they can be kept and backed up apart from the data.
create table tenant_key (
    tenant     text        not null primary key,
    master_id  text        not null,
    wrapped    bytea       not null,
    created_at timestamptz not null default now()
);
select protect('tenant_key');
select queue_scans('tenant_key', '{tenant,master_id}');

create table scope_key (
    tenant     text        not null,
    scope      text        not null,
    wrapped    bytea       not null,
    created_at timestamptz not null default now(),
    primary key (tenant, scope)
);
select protect('scope_key');

create table memory_key (
    tenant  text  not null,
    memory  text  not null,
    wrapped bytea not null,
    primary key (tenant, memory)
);
select protect('memory_key');

-- One row per scope: its row lock orders the writers, "change" numbers what they did, "facts" counts what is current.
create table memory_scope (
    tenant text   not null,
    scope  text   not null,
    change bigint not null default 0,
    facts  bigint not null default 0,
    primary key (tenant, scope)
);
select protect('memory_scope');

-- How much each person has had remembered, for the quota.
create table speaker (
    tenant text   not null,
    person text   not null,
    facts  bigint not null default 0,
    primary key (tenant, person)
);
select protect('speaker');

create table handle (
    tenant text   not null primary key,
    last   bigint not null
);
select protect('handle');

-- One row per version. "root" is the first version; a version is current while valid_to is null.
create table fact (
    tenant        text        not null,
    id            text        not null,
    root          text        not null,
    handle        bigint      not null,
    scope         text        not null,
    speaker       text        not null,
    conversation  text        not null,
    said_at       timestamptz not null,
    valid_from    timestamptz not null,
    valid_to      timestamptz,
    superseded_by text,
    change        bigint      not null,
    fingerprint   bytea       not null,
    body          bytea       not null,
    primary key (tenant, id)
);
create unique index fact_handle on fact (tenant, handle) where valid_to is null;
create unique index fact_change on fact (tenant, scope, change);
create index fact_root on fact (tenant, root);
create index fact_same on fact (tenant, scope, speaker, fingerprint) where valid_to is null;
create index fact_newest on fact (tenant, scope, said_at) where valid_to is null;
select protect('fact');

-- What was forgotten: ids only. Tells every instance what to drop from its index.
create table erasure (
    tenant    text        not null,
    id        text        not null,
    scope     text        not null,
    change    bigint      not null,
    erased_at timestamptz not null default now(),
    primary key (tenant, id)
);
create unique index erasure_change on erasure (tenant, scope, change);
select protect('erasure');
