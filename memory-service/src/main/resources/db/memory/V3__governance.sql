-- Rotation of master keys, legal hold, retention, backup, and what shortens the life of deleted keys.

-- Which instance of the service runs with which master keys: ids only, and of no tenant. Only the queue role writes it.
create table key_holder (
    instance text        not null primary key,
    key_ids  text[]      not null,
    seen_at  timestamptz not null
);
do $$ begin
    execute format('grant select, insert, update on key_holder to %I', '${queueRole}');
    execute format('grant select on key_holder to %I', '${role}');
end $$;

-- Nothing that the subject covers may be erased: "tenant" is all of it, "person:ID" what that person keeps or has said.
create table legal_hold (
    tenant    text        not null,
    subject   text        not null,
    reason    text        not null,
    placed_by text        not null,
    placed_at timestamptz not null default now(),
    primary key (tenant, subject)
);
select protect('legal_hold');
select queue_scans('legal_hold', '{tenant,subject}');

-- The last word on it, whoever asks: forgetting, expiry, retention, or a restore over what is there.
create function refuse_held() returns trigger language plpgsql as $$
begin
    if exists (select 1 from legal_hold h where h.tenant = old.tenant
               and h.subject in ('tenant', old.scope, 'person:' || old.speaker)) then
        raise exception 'under legal hold: tenant %, memory %', old.tenant, old.id using errcode = 'CH001';
    end if;
    return old;
end $$;
create trigger fact_held before delete on fact for each row execute function refuse_held();

-- Which history of changes the numbers of a tenant belong to. A restore begins another one.
create table lineage (
    tenant   text        not null primary key,
    id       text        not null,
    begun_at timestamptz not null default now()
);
select protect('lineage');

-- Retention looks for the last versions of old memories, across tenants: ids and times.
create index fact_age on fact (said_at) where superseded_by is null;
drop policy if exists queue_all on fact;
select queue_scans('fact', '{tenant,id,root,scope,speaker,said_at,superseded_by}');

-- The list of erasures is kept in a file beside the database as well.
create index erasure_age on erasure (erased_at);
drop policy if exists queue_all on erasure;
select queue_scans('erasure', '{tenant,id,scope,erased_at}');

-- A deleted key stays in its page until a vacuum: after any deletion one comes with the next round of autovacuum.
alter table memory_key set (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
alter table fact set (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0.001);
