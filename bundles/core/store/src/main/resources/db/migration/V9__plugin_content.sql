-- SPDX-License-Identifier: Apache-2.0
-- Which plugins are installed: one row, as the owner has written it last. The revision rises with each change. content is text: what
-- plugins say of themselves is in it, and jsonb refuses some characters.
create table plugin_list (
    id smallint not null primary key,
    revision bigint not null,
    origin varchar(36) not null,
    writer varchar(36) not null,
    content text not null
);
-- Their files by digest. A content counts when it has a row here: its pieces are written before.
create table plugin_content (
    digest varchar(64) ${binary} not null primary key,
    size_bytes bigint not null,
    pieces integer not null
);
create table plugin_piece (
    digest varchar(64) ${binary} not null,
    ordinal integer not null,
    content bytea not null,
    primary key (digest, ordinal)
);
