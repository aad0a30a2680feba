-- How memories are kept, what is learned without being asked to, and the nightly review. Still no word of any memory:
-- "gist" and "subject" are HMACs under the scope's key and are gone with it, tags are in the encrypted body.

-- trust from 0 to 1; origin as the contracts name it. "gist" is the same for sentences that say the same, "subject" for
-- those that give a value to the same thing.
alter table fact
    add column trust      real    not null default 1,
    add column origin     text    not null default 'SAID' check (origin in ('SAID', 'LEARNED', 'MODEL', 'TOOL')),
    add column preference boolean not null default false,
    add column gist       bytea,
    add column subject    bytea;
create index fact_gist on fact (tenant, scope, gist) where valid_to is null and gist is not null;
create index fact_subject on fact (tenant, scope, subject) where valid_to is null and subject is not null;
create index fact_learned on fact (tenant, speaker) where valid_to is null and origin = 'LEARNED';
create index fact_preference on fact (tenant, scope, said_at) where valid_to is null and preference;
-- A merged memory is found by the handle that it had.
create index fact_by_handle on fact (tenant, handle);

-- How a memory is kept, for all its versions together. No row: neither pinned nor recalled nor limited in time.
create table keeping (
    tenant      text        not null,
    root        text        not null,
    pinned      boolean     not null default false,
    disputed    boolean     not null default false,
    expires_at  timestamptz,
    recalls     bigint      not null default 0,
    recalled_at timestamptz,
    primary key (tenant, root)
);
create index keeping_expires on keeping (expires_at) where expires_at is not null;
select protect('keeping');
select queue_scans('keeping', '{tenant,root,expires_at}');

-- Who has said whether Chela may learn from her words; no row: it may.
create table learner (
    tenant   text    not null,
    person   text    not null,
    learning boolean not null,
    primary key (tenant, person)
);
select protect('learner');

-- What a person asks for, how often and when: names of operations, never what was said. Hours from midnight and days from
-- Monday, in her zone.
create table habit (
    tenant    text        not null,
    person    text        not null,
    operation text        not null,
    count     bigint      not null,
    last_at   timestamptz not null,
    hours     bigint[]    not null,
    days      bigint[]    not null,
    primary key (tenant, person, operation)
);
select protect('habit');

-- When a tenant's memories are reviewed next, and who does it now.
create table review (
    tenant      text        not null primary key,
    due_at      timestamptz not null,
    lease_until timestamptz not null default '-infinity',
    fence       bigint      not null default 0,
    reviewed_at timestamptz
);
select protect('review');
select queue_scans('review', '{tenant,due_at,lease_until}');

-- What the last review did, by handles.
create table review_note (
    tenant      text        not null,
    scope       text        not null,
    what        text        not null,
    memory      bigint      not null,
    other       bigint      not null,
    reviewed_at timestamptz not null,
    primary key (tenant, scope, what, memory, other)
);
select protect('review_note');
