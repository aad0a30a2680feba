-- What a model picked from a person's own words is an origin of its own.
alter table fact drop constraint fact_origin_check;
alter table fact add constraint fact_origin_check check (origin in ('SAID', 'LEARNED', 'PICKED', 'MODEL', 'TOOL'));

-- Everything that was learned without being asked to, by a pattern or by a model.
drop index fact_learned;
create index fact_learned on fact (tenant, speaker) where valid_to is null and origin in ('LEARNED', 'PICKED');
