-- What many decisions see alike is stored once and named by the inputs of each.
alter table snapshot add column shared varchar(64) ${binary};
alter table snapshot add foreign key (shared) references snapshot (digest);
create index snapshot_shared on snapshot (shared);
