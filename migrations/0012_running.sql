-- Several servers on one database: which import still runs is seen from its heartbeat, and any server can ask for its end.
alter table import add column heartbeat_at timestamptz;
alter table import add column done integer not null default 0;
alter table import add column cancel_asked boolean not null default false;
