-- SPDX-License-Identifier: Apache-2.0
-- Configuration that was changed while a server ran. One row for all; the revision rises with each change. effective: what counts at
-- the owner, digests in the place of values; its number rises each time that is written.
create table configuration_list (
    id smallint not null primary key,
    origin varchar(36) not null,
    revision bigint not null,
    effective_number bigint not null,
    effective text
);
-- The latest change of each. content: the file in the typed format; null when it was taken back.
create table configuration (
    pid varchar(511) ${binary} not null primary key,
    revision bigint not null,
    content text,
    changed_at timestamp with time zone not null
);
