-- Context of an event in its trace, a W3C traceparent; empty for none.
alter table outbox add column trace_parent varchar(55) ${binary} default '' not null;
alter table event add column trace_parent varchar(55) ${binary} default '' not null;
