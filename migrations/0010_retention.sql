-- A legal hold: while it stands, nothing of the item is removed by the retention rules.

create table legal_hold (
  id uuid primary key,
  organisation_id uuid not null references organisation (id), -- of the item
  item_kind text not null,
  item_id uuid not null,
  because text not null,
  placed_at timestamptz not null,
  placed_by uuid not null,
  lifted_at timestamptz,
  lifted_by uuid,
  lifted_because text
);
create unique index legal_hold_once on legal_hold (item_id) where lifted_at is null;
select isolate('legal_hold');

-- What the rules asked for, and how much it was, run by run.
create table retention_run (
  id uuid primary key,
  at timestamptz not null,
  -- sha-256 of the rules that were applied
  rules_digest text not null,
  -- by rule: how many rows
  counts jsonb not null,
  files integer not null,
  file_bytes bigint not null
);
create index retention_run_at on retention_run (at desc);
select isolate_system('retention_run');
select append_only('retention_run');
