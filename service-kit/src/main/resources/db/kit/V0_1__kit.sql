-- The tables behind inbox and outbox, and how every table is protected.

-- Gives a table to the service's role and binds every row that this role sees or writes to the transaction's tenant.
create function protect(target text) returns void language plpgsql as $$
begin
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('create policy tenant_only on %I to %I using (tenant = current_setting(''chela.tenant'', true))
                    with check (tenant = current_setting(''chela.tenant'', true))', target, '${role}');
    execute format('grant select, insert, update, delete on %I to %I', target, '${role}');
end $$;

-- Lets the queue role cross tenants on a table, for the named columns only: ids and times, never content.
create function queue_scans(target text, readable text[], changeable text[] default '{}', deletable boolean default false)
returns void language plpgsql as $$
begin
    execute format('create policy queue_all on %I to %I using (true)', target, '${queueRole}');
    execute format('grant select (%s) on %I to %I',
        (select string_agg(quote_ident(c), ', ') from unnest(readable) c), target, '${queueRole}');
    if cardinality(changeable) > 0 then
        execute format('grant update (%s) on %I to %I',
            (select string_agg(quote_ident(c), ', ') from unnest(changeable) c), target, '${queueRole}');
    end if;
    if deletable then execute format('grant delete on %I to %I', target, '${queueRole}'); end if;
end $$;

do $$ begin
    execute format('grant usage on schema %I to %I, %I', current_schema(), '${role}', '${queueRole}');
end $$;

create table inbox (
    tenant      text        not null,
    topic       text        not null,
    id          text        not null,
    key         text        not null,
    number      bigint      not null,
    state       text        not null check (state in ('applied', 'held')),
    headers     text,
    payload     bytea,
    received_at timestamptz not null default now(),
    primary key (tenant, topic, id)
);
create index inbox_held on inbox (tenant, topic, key, number) where state = 'held';
create index inbox_age on inbox (received_at);
select protect('inbox');
select queue_scans('inbox', '{tenant,topic,id,state,received_at}', deletable => true);

create table inbox_position (
    tenant  text   not null,
    topic   text   not null,
    key     text   not null,
    applied bigint not null,
    primary key (tenant, topic, key)
);
select protect('inbox_position');

create table outbox (
    tenant       text        not null,
    topic        text        not null,
    id           text        not null,
    key          text        not null,
    number       bigint      not null,
    headers      text        not null,
    payload      bytea       not null,
    created_at   timestamptz not null default now(),
    published_at timestamptz,
    primary key (tenant, topic, id)
);
create index outbox_unpublished on outbox (created_at) where published_at is null;
create index outbox_age on outbox (created_at);
select protect('outbox');
select queue_scans('outbox', '{tenant,topic,id,created_at,published_at}', '{published_at}', true);

create table outbox_sequence (
    tenant text   not null,
    topic  text   not null,
    key    text   not null,
    last   bigint not null,
    primary key (tenant, topic, key)
);
select protect('outbox_sequence');
