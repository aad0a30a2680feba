-- Messages that memory wants a model to look through. A row is there until it is answered, a day at most; "due_at" is when it is
-- looked at next, and while the model is asked, when somebody else may ask again.
create table extraction (
    tenant     text        not null,
    id         text        not null,
    request    text        not null,
    origin     text        not null,
    tries      int         not null default 0,
    fence      bigint      not null default 0,
    created_at timestamptz not null default now(),
    due_at     timestamptz not null default now(),
    primary key (tenant, id)
);
create index extraction_due on extraction (due_at);
select protect('extraction');
select queue_scans('extraction', '{tenant,id,created_at,due_at}');

-- How many messages of a person were looked through on the day (UTC) on which one was last.
create table extraction_day (
    tenant text not null,
    person text not null,
    day    date not null,
    asked  int  not null,
    primary key (tenant, person)
);
select protect('extraction_day');
