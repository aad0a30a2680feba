-- What a record costs on its way in and a transaction on its way out, in one round trip each.

-- Notes that a record was seen and tells whether it is its turn: SEEN, EARLY, UNORDERED, NEXT, or AWAITED when it is the
-- next one and its successor is held already. The position's row stays locked to the commit, which keeps others of the key out.
create or replace function inbox_enter(of_tenant text, of_topic text, of_id text, of_key text, of_number bigint)
returns text language plpgsql as $$
declare
    reached bigint;
begin
    insert into inbox (tenant, topic, id, key, number, state)
    values (of_tenant, of_topic, of_id, of_key, of_number, 'applied') on conflict do nothing;
    if not found then return 'SEEN'; end if;
    if of_number = 0 then return 'UNORDERED'; end if;
    update inbox_position set applied = of_number
    where tenant = of_tenant and topic = of_topic and key = of_key and applied = of_number - 1;
    if not found then
        insert into inbox_position as p (tenant, topic, key, applied) values (of_tenant, of_topic, of_key, 0)
        on conflict (tenant, topic, key) do update set applied = p.applied returning applied into reached;
        if of_number <= reached then return 'SEEN'; end if;
        if of_number > reached + 1 then return 'EARLY'; end if;
        update inbox_position set applied = of_number where tenant = of_tenant and topic = of_topic and key = of_key;
    end if;
    if exists (select 1 from inbox where tenant = of_tenant and topic = of_topic and key = of_key
               and number = of_number + 1 and state = 'held') then return 'AWAITED'; end if;
    return 'NEXT';
end $$;

-- Stores messages and returns the number of each: null when its id was stored before, 0 where the topic has no order. A
-- number is drawn under the lock of its sequence's row, which is held to the commit: whoever draws the next one commits
-- later, so that numbers have no gap that is never filled.
create or replace function outbox_add(of_tenant text, topics text[], keys text[], ids text[], ordered boolean[],
                                      all_headers text[], payloads bytea[])
returns table (drawn bigint) language plpgsql as $$
begin
    for i in 1 .. cardinality(ids) loop
        drawn := 0;
        if ordered[i] then
            insert into outbox_sequence as s (tenant, topic, key, last) values (of_tenant, topics[i], keys[i], 1)
            on conflict (tenant, topic, key) do update set last = s.last + 1 returning last into drawn;
        end if;
        insert into outbox (tenant, topic, key, id, number, headers, payload)
        values (of_tenant, topics[i], keys[i], ids[i], drawn, all_headers[i], payloads[i]) on conflict do nothing;
        if not found then
            -- stored before: the number is given back, which nobody can have gone past
            if ordered[i] then
                update outbox_sequence s set last = s.last - 1
                where s.tenant = of_tenant and s.topic = topics[i] and s.key = keys[i];
            end if;
            drawn := null;
        end if;
        return next;
    end loop;
end $$;
