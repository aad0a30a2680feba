-- How far the archive of a chat platform was taken in, per login; and where codes of approvals were mentioned.

create table channel_archive (
    tenant  text not null,
    channel text not null,
    account text not null,
    entry   text,
    at      timestamptz,
    primary key (tenant, channel, account)
);
select protect('channel_archive');

create index event_approval on event (tenant, approval) where approval is not null;
