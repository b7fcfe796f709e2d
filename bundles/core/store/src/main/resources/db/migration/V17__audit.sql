-- SPDX-License-Identifier: Apache-2.0
-- The audit: one chain of entries, each with the hash of the one before. Texts that say "none" are empty.
create table audit_entry (
    sequence bigint not null primary key,
    epoch bigint not null,
    id varchar(64) ${binary} not null,
    happened_at timestamp with time zone not null,
    actor varchar(253) ${binary} not null,
    address varchar(253) ${binary} not null,
    action varchar(253) ${binary} not null,
    target varchar(2000) ${binary} not null,
    outcome varchar(253) ${binary} not null,
    correlation_id varchar(1000) not null,
    before_digest varchar(64) not null,
    after_digest varchar(64) not null,
    detail varchar(2000) not null,
    decision varchar(64) not null,
    request varchar(64) ${binary} not null,
    previous_hash varchar(64) not null,
    entry_hash varchar(64) not null
);
create unique index audit_entry_id on audit_entry (id);
create index audit_entry_happened_at on audit_entry (happened_at);
create index audit_entry_actor on audit_entry (actor, sequence);
create index audit_entry_request on audit_entry (request);

-- One row: the end of the chain, which is locked by whoever appends.
create table audit_head (
    id smallint not null primary key,
    sequence bigint not null,
    epoch bigint not null,
    entry_hash varchar(64) not null
);
insert into audit_head (id, sequence, epoch, entry_hash)
    values (1, 0, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Changes that have begun and have no entry yet. content: the entry without its outcome.
create table audit_intent (
    id varchar(64) ${binary} not null primary key,
    begun_at timestamp with time zone not null,
    content text not null
);

-- How far sinks have read the chain, and the chain its sources.
create table audit_cursor (
    name varchar(253) ${binary} not null primary key,
    sequence bigint not null
);

-- kind: HEAD, or CHECKPOINT for the one up to which everything is removed.
create table audit_seal (
    kind varchar(16) ${binary} not null,
    sequence bigint not null,
    epoch bigint not null,
    entry_hash varchar(64) not null,
    sealed_at timestamp with time zone not null,
    installation varchar(64) not null,
    key_id varchar(64) not null,
    signature varchar(253) not null,
    primary key (kind, sequence)
);

create table audit_key (
    id varchar(64) ${binary} not null primary key,
    public_key varchar(2000) not null,
    since timestamp with time zone not null
);
