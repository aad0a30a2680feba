-- How far the archive of a chat platform was taken in, per login; and replies that ask for an approval.

create table channel_archive (
    tenant  text not null,
    channel text not null,
    account text not null,
    entry   text,
    at      timestamptz,
    primary key (tenant, channel, account)
);
select protect('channel_archive');

create index event_asks on event (tenant, at) where type = 'reply' and approval is not null;
