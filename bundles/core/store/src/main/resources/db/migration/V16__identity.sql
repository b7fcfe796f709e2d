-- SPDX-License-Identifier: Apache-2.0
-- Users, API keys, sessions and grants. One row for all; the revision rises with each change.
create table identity_list (
    id smallint not null primary key,
    revision bigint not null
);
-- The latest state of each. content: JSON without secrets in clear; null when it was removed.
create table identity (
    kind varchar(16) ${binary} not null,
    id varchar(253) ${binary} not null,
    revision bigint not null,
    content text,
    changed_at timestamp with time zone not null,
    primary key (kind, id)
);
create index identity_revision on identity (revision);
-- When keys and sessions were used last; written now and then.
create table identity_use (
    kind varchar(16) ${binary} not null,
    id varchar(253) ${binary} not null,
    used_at timestamp with time zone not null,
    primary key (kind, id)
);
