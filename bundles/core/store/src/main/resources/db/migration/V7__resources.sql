-- SPDX-License-Identifier: Apache-2.0
-- What operations and events are about may be of any kind. An event about nothing has no name.
alter table outbox add column kind varchar(63) ${binary} default 'graph' not null;
alter table event add column kind varchar(63) ${binary} default 'graph' not null;
alter table operation add column target varchar(63) ${binary} default 'graph' not null;
update operation set target = 'plugin', name = plugin where plugin <> '';
-- Which cluster it is stands in the details of operations of before.
update operation set target = 'cluster', name = '-' where name = '';
alter table operation drop column plugin;

-- Resources of the kinds that bundles bring. uid: unique for ever. conditions, observed: what was seen; written by passes only.
create table resource (
    kind varchar(63) ${binary} not null,
    project varchar(253) ${binary} not null,
    name varchar(253) ${binary} not null,
    uid varchar(36) ${binary} not null,
    generation bigint not null,
    document_version integer not null,
    owner_epoch bigint default 0 not null,
    desired ${json} not null,
    labels ${json} not null,
    leaving boolean not null,
    phase varchar(16) ${binary} not null,
    observed_generation bigint not null,
    observed ${json} not null,
    conditions ${json} not null,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    primary key (kind, project, name)
);
create index resource_name on resource (kind, name);
-- Labels by which resources are chosen; of those of a kind, few have a label.
create table resource_label (
    kind varchar(63) ${binary} not null,
    project varchar(253) ${binary} not null,
    name varchar(253) ${binary} not null,
    label varchar(253) ${binary} not null,
    label_value varchar(253) ${binary} not null,
    primary key (kind, project, name, label),
    foreign key (kind, project, name) references resource (kind, project, name) on delete cascade
);
create index resource_label_value on resource_label (kind, label, label_value, project, name);
