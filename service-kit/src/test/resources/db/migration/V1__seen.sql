create table seen (
    tenant text not null,
    id     text not null,
    at     bigint generated always as identity,
    primary key (tenant, id)
);
select protect('seen');
