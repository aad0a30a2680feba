-- Keys of tenants and scopes that are made anew while everything runs, and the name of the database's own history.

-- "generation" counts the keys that a tenant or a scope has had; "under" is the one of the key above that wraps it; "marked"
-- the one of the scope's key that a memory's HMACs (fingerprint, gist, subject) were made with.
alter table tenant_key add column generation bigint not null default 1;
alter table scope_key
    add column generation bigint not null default 1,
    add column under      bigint not null default 1;
alter table memory_key add column under bigint not null default 1;
alter table fact add column marked bigint not null default 1;

-- One row for each key that is being renewed: a scope's, or with an empty scope the tenant's own. "wrapped" is the former key
-- under the new one and goes with the row, when nothing hangs on it any more. No generation yet: it is wanted. A generation
-- and no former key: only HMACs are to be made anew, as after a restore.
create table key_renewal (
    tenant     text        not null,
    scope      text        not null,
    wanted_at  timestamptz not null default now(),
    generation bigint,
    wrapped    bytea,
    idle_since timestamptz,
    primary key (tenant, scope)
);
select protect('key_renewal');
select queue_scans('key_renewal', '{tenant,scope}');

-- What was wrapped before leaves its page with the next round of autovacuum.
alter table tenant_key set (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
alter table scope_key set (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
alter table key_renewal set (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);

-- Which history this database has: one row is active, and a restore begins another. What is derived from the database and
-- kept elsewhere is named after it, so that it never meets what was derived from another history. Of no tenant.
create table history (
    id       text        not null primary key,
    begun_at timestamptz not null default now(),
    active   boolean     not null
);
create unique index history_active on history (active) where active;
insert into history (id, active) values (substr(replace(cast(gen_random_uuid() as text), '-', ''), 1, 12), true);
do $$ begin
    execute format('grant select on history to %I', '${queueRole}');
    execute format('grant select, insert, update on history to %I', '${role}');
end $$;
