-- SPDX-License-Identifier: Apache-2.0
-- Whoever makes something that a quota counts locks the row of the project. own: whether the project has limits of its
-- own; else the row is there to be locked.
create table quota (
    project varchar(253) ${binary} not null primary key,
    own boolean not null
);
create table quota_limit (
    project varchar(253) ${binary} not null,
    member varchar(317) ${binary} not null,
    upper_limit bigint not null,
    primary key (project, member)
);
-- What of an amount is held only until the world has followed a decision: no part of the placement.
alter table reservation add column held bigint default 0 not null;
alter table plan add column project varchar(253) ${binary} default '' not null;
create index plan_project on plan (project);
