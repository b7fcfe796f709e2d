-- The server that works on this database. Who holds the advisory lock writes itself down here; the epoch rises with each.
create table owner (
    id smallint not null primary key,
    epoch bigint not null,
    host varchar(253) not null,
    process bigint not null,
    since timestamp with time zone not null
);
