-- whether others read what is said there: what a trigger does there must not tell them what is private
alter table conversation add column room boolean not null default false;
