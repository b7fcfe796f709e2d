-- SPDX-License-Identifier: Apache-2.0
-- With which schema, and which fields to choose by, all that is stored of a kind was checked last and found valid.
create table resource_kind (
    kind varchar(63) ${binary} not null primary key,
    digest varchar(64) ${binary} not null
);
