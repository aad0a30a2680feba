-- What is over at once does not wait behind what may hang, and one person's calls do not take all the places.
alter table tool_call add column lane text not null default 'LONG' check (lane in ('QUICK', 'LONG')),
                      add column person text not null default '';
create index tool_call_running on tool_call (tenant, person) where state = 'running';
grant select (lane, person) on tool_call to ${queueRole};
