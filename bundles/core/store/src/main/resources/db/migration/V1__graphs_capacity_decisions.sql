-- ${json}: jsonb on PostgreSQL, text on H2. ${binary}: byte order for keys, so that both databases and Java sort alike.

create table instance (
    id smallint not null primary key,
    instance_id varchar(36) not null,
    created_at timestamp with time zone not null
);

-- What the user wants. owner_epoch is reserved for several servers on one database.
create table desired (
    project varchar(253) ${binary} not null,
    name varchar(253) ${binary} not null,
    generation bigint not null,
    revision bigint not null,
    owner_epoch bigint default 0 not null,
    state varchar(16) not null,
    descriptor ${json} not null,
    services ${json} not null,
    provisional boolean not null,
    override_strategies ${json} not null,
    wish_number bigint not null,
    wish ${json} not null,
    activated ${json} not null,
    warnings ${json} not null,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    primary key (project, name)
);
create index desired_name on desired (name);

-- A service id belongs to one graph of its project.
create table service (
    project varchar(253) ${binary} not null,
    id varchar(253) ${binary} not null,
    name varchar(253) ${binary} not null,
    primary key (project, id),
    foreign key (project, name) references desired (project, name) on delete cascade
);
create index service_graph on service (project, name);

create table decided (
    project varchar(253) ${binary} not null,
    name varchar(253) ${binary} not null,
    generation bigint not null,
    owner_epoch bigint default 0 not null,
    wish_number bigint not null,
    assignment bigint not null,
    placement ${json} not null,
    leaving ${json} not null,
    services ${json} not null,
    clusters ${json} not null,
    decision_id varchar(64) ${binary} not null,
    strategies text not null,
    keep_placement text not null,
    max_replicas_overall integer,
    warnings ${json} not null,
    decided_at timestamp with time zone not null,
    primary key (project, name),
    foreign key (project, name) references desired (project, name) on delete cascade
);
create index decided_decision on decided (decision_id);

create table observed (
    project varchar(253) ${binary} not null,
    name varchar(253) ${binary} not null,
    generation bigint not null,
    owner_epoch bigint default 0 not null,
    phase varchar(16) not null,
    conditions ${json} not null,
    services ${json} not null,
    primary key (project, name),
    foreign key (project, name) references desired (project, name) on delete cascade
);

-- The ledger: per cluster and resource what graphs may use in total, what they have reserved in numbers, and how many
-- reservations want an unlimited amount (they are not in the sum).
create table capacity (
    cluster_source varchar(253) ${binary} not null,
    cluster_name varchar(253) ${binary} not null,
    resource varchar(253) ${binary} not null,
    upper_limit bigint not null,
    reserved bigint not null,
    unlimited bigint not null,
    primary key (cluster_name, cluster_source, resource)
);

create table reservation (
    project varchar(253) ${binary} not null,
    name varchar(253) ${binary} not null,
    cluster_source varchar(253) ${binary} not null,
    cluster_name varchar(253) ${binary} not null,
    resource varchar(253) ${binary} not null,
    amount bigint not null,
    primary key (project, name, cluster_name, cluster_source, resource),
    foreign key (project, name) references desired (project, name) on delete cascade
);

-- Inputs of decisions, once per content.
create table snapshot (
    digest varchar(64) ${binary} not null primary key,
    content ${json} not null
);

-- Decisions outlive their graph until retention takes them: no key to desired.
create table decision (
    id varchar(64) ${binary} not null primary key,
    project varchar(253) ${binary} not null,
    name varchar(253) ${binary} not null,
    kind varchar(16) not null,
    generation bigint not null,
    decided_at timestamp with time zone not null,
    reason varchar(253) not null,
    strategy_id varchar(253) not null,
    strategy_version varchar(253) not null,
    outcome varchar(253) not null,
    fallback boolean not null,
    duration_nanos bigint not null,
    inputs varchar(64) ${binary},
    details ${json} not null,
    foreign key (inputs) references snapshot (digest)
);
create index decision_graph on decision (project, name, id);
create index decision_decided_at on decision (decided_at);
create index decision_inputs on decision (inputs);
