-- Leases are renewed and given back by the queue role: one statement for all calls of an instance, whosever they are.
grant select (fence), update (state) on tool_call to ${queueRole};
