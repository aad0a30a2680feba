-- Approvals as the agent tells of them, the audit entries of all services, and what no service could handle.

create table approval (
    tenant       text        not null,
    code         text        not null,
    hash         text        not null,
    conversation text        not null,
    operation    text        not null,
    args         text        not null,
    rule         text        not null,
    requester    text        not null,
    asked_at     timestamptz not null,
    expires_at   timestamptz not null,
    state        text        not null check (state in ('open', 'decided', 'approved', 'denied', 'expired', 'stopped')),
    decided_by   text,
    closed_at    timestamptz,
    primary key (tenant, code, hash)
);
create index approval_open on approval (tenant, asked_at) where state = 'open';
select protect('approval');

create table audit_head (
    tenant text   not null,
    last   bigint not null,
    primary key (tenant)
);
select protect('audit_head');

create table audit_entry (
    tenant       text        not null,
    number       bigint      not null,
    record       text        not null,
    source       text        not null,
    actor        text        not null,
    person       text        not null,
    conversation text,
    turn         text,
    cause        text,
    action       text        not null,
    subject      text        not null,
    outcome      text        not null,
    digest       text,
    at           timestamptz not null,
    primary key (tenant, number)
);
select protect('audit_entry');

create table dead_letter (
    tenant  text        not null,
    number  bigint      not null generated always as identity,
    id      text        not null,
    topic   text        not null,
    reader  text        not null,
    key     text,
    headers text        not null,
    payload text        not null,
    cause   text        not null,
    at      timestamptz not null,
    primary key (tenant, number)
);
select protect('dead_letter');
