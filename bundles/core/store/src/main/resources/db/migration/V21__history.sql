-- SPDX-License-Identifier: Apache-2.0
-- What happened to one graph, and how often things happened over time: read without what else is in the tables.
create index event_graph on event (project, name, sequence);
create index event_type on event (type, happened_at, project);
create index decision_outcome on decision (outcome, decided_at, project, kind);
create index operation_state on operation (state, updated_at, project);
