-- Conversations, the messages accepted in them, and everything that was shown in them, numbered.

create table conversation (
    tenant     text        not null,
    id         text        not null,
    owner      text        not null,
    name       text        not null,
    channel    text        not null,
    room       boolean     not null default false,
    last_event bigint      not null default 0,
    created_at timestamptz not null default now(),
    primary key (tenant, id)
);
select protect('conversation');

create table message (
    tenant       text        not null,
    conversation text        not null,
    id           text        not null,
    number       bigint      not null default 0,
    channel      text        not null,
    text         text        not null,
    hash         text        not null,
    state        text        not null check (state in ('accepted', 'answered')),
    accepted_at  timestamptz not null,
    answered_at  timestamptz,
    primary key (tenant, conversation, id)
);
select protect('message');

create table event (
    tenant       text        not null,
    conversation text        not null,
    number       bigint      not null,
    type         text        not null check (type in ('accepted', 'step', 'approval', 'reply', 'failed')),
    in_reply_to  text,
    text         text        not null,
    code         text,
    approval     text,
    state        text,
    at           timestamptz not null,
    primary key (tenant, conversation, number)
);
select protect('event');
