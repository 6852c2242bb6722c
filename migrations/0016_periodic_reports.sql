-- Periodic reports of a ministry to the Advisory Board (DS-920 caio-08, brd-03).

create table periodic_report (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  period text not null, -- 2026-09: the month in which it begins
  from_date date not null,
  to_date date not null,
  due_on date not null,
  -- 1, and one more each time a submitted one is replaced
  number integer not null check (number > 0),
  state text not null check (state in ('draft', 'checked', 'submitted')),
  -- figures of the register as they were when they were last computed; they do not move by themselves
  figures jsonb not null,
  figures_at timestamptz not null,
  -- what the office wrote, by section
  texts jsonb not null default '{}',
  -- entered by hand, with where it comes from; absent is not zero
  risk_cases jsonb,
  checked_at timestamptz,
  checked_by uuid,
  submitted_at timestamptz,
  submitted_by uuid,
  version integer not null default 1,
  demo boolean not null default false,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  unique (organisation_id, period, number)
);
create unique index periodic_report_open on periodic_report (organisation_id, period) where state <> 'submitted';
create index periodic_report_submitted on periodic_report (submitted_at) where state = 'submitted';

-- What became of a report. A submitted one is kept as the canonical text that the Board got, with its hash.
create table report_event (
  id uuid primary key,
  organisation_id uuid not null,
  item_kind text not null default 'periodic-report',
  item_id uuid not null,
  at timestamptz not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid,
  type text not null check (type in ('composed', 'recomputed', 'written', 'checked', 'sent-back', 'submitted')),
  note text,
  content text,
  digest text check (digest is null or digest = encode(sha256(convert_to(content, 'UTF8')), 'hex'))
);
create index report_event_item on report_event (item_id, at, id);
create trigger report_event_append_only before update or delete on report_event for each row execute function refuse_change();
create trigger report_event_logged after insert on report_event
  referencing new table as new_rows for each statement execute function log_row();

-- Until it is submitted a report is the ministry's own; then the Board and its secretariat read it too.
select isolate_by('periodic_report', 'organisation_id in (select organisations_held())
    or state = ''submitted'' and ((select scope_is(''role'', ''board'')) or (select scope_is(''role'', ''secretariat'')))',
  'organisation_id in (select organisations_written())');
-- That and when it was submitted, with the hash, is for the Board; how it came about is the ministry's own.
select isolate_by('report_event', 'organisation_id in (select organisations_held())
    or type = ''submitted'' and exists (select 1 from periodic_report r where r.id = item_id)', 'organisation_id in (select organisations_written())');
select append_only('report_event');

-- Which submitted reports somebody has opened: nobody's business but their own.
create table report_read (
  report_id uuid not null references periodic_report (id) on delete cascade,
  person_id uuid not null references person (id) on delete cascade,
  at timestamptz not null,
  primary key (report_id, person_id)
);
select isolate_own('report_read');
