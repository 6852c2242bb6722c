-- Steps to the next stage: what was waived, and what each step that was taken had been warned of.

-- A waiver and its withdrawal. The latest row of a need and a step counts; nothing is changed.
create table stage_waiver (
  id uuid primary key,
  at timestamptz not null,
  type text not null check (type in ('waived', 'withdrawn')),
  waiver_id uuid not null, -- of `waived`: its own id
  system_id uuid not null,
  organisation_id uuid not null, -- of the system
  item_kind text not null default 'system',
  item_id uuid generated always as (system_id) stored,
  need text not null, -- of the list `needs` of the catalog
  step text not null check (step in ('procurement', 'build-test', 'operation')),
  until_on date, -- the last day on which it holds; nothing: until it is withdrawn
  reason text not null check (length(trim(reason)) > 0),
  catalog text not null,
  edition text not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid,
  demo boolean not null default false,
  check (type <> 'waived' or waiver_id = id)
);
create index stage_waiver_system on stage_waiver (system_id, at desc);
create unique index stage_waiver_withdrawn on stage_waiver (waiver_id) where type = 'withdrawn';

-- A step that was taken past its needs, with the edition that asked for them.
create table stage_passage (
  id uuid primary key,
  at timestamptz not null,
  type text not null default 'passed' check (type = 'passed'),
  system_id uuid not null,
  organisation_id uuid not null,
  item_kind text not null default 'system',
  item_id uuid generated always as (system_id) stored,
  from_stage text not null,
  to_stage text not null,
  met text[] not null,
  warned text[] not null,
  -- ids of waivers that let it through
  waived uuid[] not null,
  catalog text not null,
  edition text not null,
  digest text not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid,
  demo boolean not null default false
);
create index stage_passage_system on stage_passage (system_id, at desc);

-- Seen by who sees the system as far as the own role reads; what is left of a removed one, by who held it.
select isolate_by('stage_waiver', 'organisation_id in (select organisations_held())
    or organisation_id in (select organisations_read()) and exists (select 1 from ai_system s where s.id = system_id)',
  'organisation_id in (select organisations_written())');
select isolate_by('stage_passage', 'organisation_id in (select organisations_held())
    or organisation_id in (select organisations_read()) and exists (select 1 from ai_system s where s.id = system_id)',
  'organisation_id in (select organisations_written())');
select append_only('stage_waiver');
select append_only('stage_passage');
create trigger stage_waiver_append_only before update or delete on stage_waiver for each row execute function refuse_change();
create trigger stage_passage_append_only before update or delete on stage_passage for each row execute function refuse_change();
create trigger stage_waiver_logged after insert on stage_waiver
  referencing new table as new_rows for each statement execute function log_row();
create trigger stage_passage_logged after insert on stage_passage
  referencing new table as new_rows for each statement execute function log_row();
