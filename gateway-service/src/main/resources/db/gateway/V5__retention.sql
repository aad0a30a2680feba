-- Content that was handed on, or could not be handled, is kept for 72 hours.

create index channel_outbound_sent on channel_outbound (tenant, sent_at) where sent_at is not null;
create index dead_letter_age on dead_letter (tenant, at) where payload <> '';
