-- SPDX-License-Identifier: Apache-2.0
-- Until when the owner may work, by the clock of the database. Apart from its epoch, which each transaction that writes keeps: a
-- renewal must not wait for those. holder: the start of a server; server: its data directory, on its host.
create table lease (
    id smallint not null primary key,
    holder varchar(63) ${binary} not null,
    server varchar(511) ${binary} not null,
    address varchar(2048) ${binary} not null,
    expires_at timestamp with time zone not null
);
insert into lease (id, holder, server, address, expires_at)
    values (1, '', '', '', timestamp with time zone '1970-01-01 00:00:00+00');
insert into owner (id, epoch, host, process, since)
    select 1, 0, '', 0, current_timestamp where not exists (select 1 from owner);
