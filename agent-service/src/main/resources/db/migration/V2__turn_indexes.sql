-- What is asked of a conversation's turns must not take longer the more of them there are: each question has an index that
-- holds nothing else, so that no plan walks over all that was ever said.
drop index turn_order;
drop index turn_unanswered;
create index turn_unfinished on turn (tenant, conversation, seq) where phase <> 'finished';
create index turn_answered on turn (tenant, conversation, seq) where answered_at is not null;
