-- People, organisations, sign-in, the log every write goes into, and the outbox.

create table organisation (
  id uuid primary key,
  parent_id uuid references organisation (id),
  -- itself and everything above it, root first: one array test finds "this organisation and what lies below it"
  path uuid[] not null,
  kind text not null check (kind in ('ministry', 'agency', 'municipality', 'bureau', 'division', 'body')),
  code text not null unique,
  name_ja text not null,
  name_en text not null default '',
  valid_from date,
  valid_to date,
  demo boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null,
  check (parent_id is distinct from id)
);
create index organisation_path on organisation using gin (path);

create table person (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  name_ja text not null,
  name_en text not null,
  post_ja text not null,
  post_en text not null,
  -- may be chosen at the local sign-in of evaluation mode
  local boolean not null default false,
  demo boolean not null default false,
  created_at timestamptz not null,
  created_by uuid not null
);

create table role_held (
  person_id uuid not null references person (id) on delete cascade,
  role text not null check (role in ('caio', 'planner', 'provider', 'user', 'board', 'desk', 'auditor', 'administrator')),
  organisation_id uuid not null references organisation (id),
  from_date date not null,
  to_date date,
  created_by uuid not null,
  primary key (person_id, role, organisation_id)
);

create table session (
  -- sha-256 of the cookie's value: who reads the table cannot sign in with it
  id_hash text primary key,
  person_id uuid not null references person (id) on delete cascade,
  role text not null,
  organisation_id uuid not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);

create table audit_entry (
  id uuid primary key,
  at timestamptz not null,
  actor_id uuid not null,
  actor_role text not null,
  organisation_id uuid not null,
  type text not null,
  item_kind text not null,
  item_id uuid not null,
  detail jsonb not null
);
create index audit_entry_at on audit_entry (at desc, id desc);
create index audit_entry_item on audit_entry (item_id, at desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'append-only: % may not be changed or removed', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_entry_append_only before update or delete on audit_entry
  for each row execute function refuse_change();

create table outbox (
  id uuid primary key,
  at timestamptz not null,
  type text not null,
  organisation_id uuid not null,
  payload jsonb not null,
  done_at timestamptz
);
create index outbox_open on outbox (at) where done_at is null;

create table setting (
  name text primary key,
  value jsonb not null,
  updated_at timestamptz not null,
  updated_by uuid not null
);
