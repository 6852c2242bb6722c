-- Imports: the file as it was read, every row with what became of it, and the column maps.

create table column_map (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  name text not null,
  map jsonb not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  unique (organisation_id, name)
);

create table import (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  file_sha256 text not null,
  file_name text not null,
  bytes bigint not null,
  format text not null,
  encoding text,
  sheet text,
  header_row integer not null,
  header jsonb not null,
  preamble jsonb not null,
  -- delimiter, line ending, final newline, byte order mark: what the round trip needs besides the cells
  layout jsonb not null,
  map jsonb not null,
  -- sha-256 over file, sheet, header row and map: the same again changes nothing
  reading_digest text not null,
  state text not null check (state in ('running', 'done', 'cancelled', 'failed', 'undone')),
  rows integer not null,
  stored integer not null,
  rejected integer not null,
  flags jsonb not null,
  error jsonb,
  started_at timestamptz not null,
  finished_at timestamptz,
  undone_at timestamptz,
  actor_id uuid not null,
  demo boolean not null default false
);
create unique index import_once on import (organisation_id, reading_digest) where state = 'done';

create table import_row (
  import_id uuid not null references import (id) on delete cascade,
  row_number integer not null,
  organisation_id uuid not null,
  outcome text not null check (outcome in ('stored', 'rejected')),
  reasons jsonb not null,
  flags jsonb not null,
  cells jsonb not null,
  system_id uuid,
  primary key (import_id, row_number)
);
create index import_row_system on import_row (system_id) where system_id is not null;
