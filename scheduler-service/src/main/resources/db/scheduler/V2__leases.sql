-- Leases are renewed and given back by the queue role: one statement for all that an instance holds, whosever it is.
grant select (fence), update (lease_until) on watch, asked_watch to ${queueRole};

-- Every fire leaves a dead row behind at the front of the index that is scanned for what is due.
alter table trigger set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

-- Draws the next number of a form and counts a person's active triggers, no further than a quota needs. Two statements, so
-- that the count sees what was committed while the draw waited for another's.
create function draw_handle(of_tenant text, of_form text, of_owner text, at_most bigint)
returns table (number bigint, active bigint) language plpgsql as $$
begin
    insert into handle_counter as c (tenant, form, last) values (of_tenant, of_form, 1)
    on conflict (tenant, form) do update set last = c.last + 1 returning last into number;
    select count(*) into active from (
        select from trigger t where t.tenant = of_tenant and t.owner = of_owner
        and t.state in ('ACTIVE', 'PAUSED') and t.state = 'ACTIVE' limit at_most) counted;
    return next;
end $$;
