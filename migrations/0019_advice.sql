-- Advice of the Board with conditions (DS-920 BRD-01): drafted by those who deliberate, adopted by the chair, then frozen.
-- Advice supports a project, it is not a licence: what stops a step is a condition at the stage it names.

create table advice (
  id uuid primary key,
  case_id uuid not null unique references board_case (id) on delete cascade,
  system_id uuid not null references ai_system (id) on delete cascade,
  organisation_id uuid not null references organisation (id), -- of the case
  state text not null default 'draft' check (state in ('draft', 'adopted')),
  text_ja text not null default '',
  text_en text not null default '',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  adopted_at timestamptz,
  adopted_by uuid,
  demo boolean not null default false,
  check ((state = 'adopted') = (adopted_at is not null) and (adopted_at is null) = (adopted_by is null))
);
create index advice_system on advice (system_id);

-- A condition as it is now. Until the advice is adopted it binds nobody and is seen by the Board's side alone.
create table advice_condition (
  id uuid primary key,
  advice_id uuid not null references advice (id) on delete cascade,
  case_id uuid not null references board_case (id) on delete cascade,
  system_id uuid not null references ai_system (id) on delete cascade,
  organisation_id uuid not null references organisation (id), -- of the case
  position integer not null,
  text_ja text not null check (length(trim(text_ja)) > 0),
  text_en text not null default '',
  effect text not null check (effect in ('blocks', 'warns')),
  -- the step into this stage, and into any later one, asks for the condition
  stage text not null check (stage in ('procurement', 'build-test', 'operation')),
  owner_organisation_id uuid not null references organisation (id),
  owner_unit text not null default '', -- where the organisation alone does not say it
  due_on date,
  evidence_wanted text not null default '',
  binding boolean not null default false,
  state text not null default 'open' check (state in ('open', 'reported', 'met', 'withdrawn')),
  -- the wording that holds: 1 as adopted, one more with each change by the Board
  number integer not null default 1 check (number > 0),
  -- what the ministry asks to have changed, until the Board answers
  change_asked text,
  change_asked_at timestamptz,
  binding_since timestamptz,
  reported_at timestamptz,
  settled_at timestamptz,
  version integer not null default 1,
  updated_at timestamptz not null,
  updated_by uuid not null,
  demo boolean not null default false,
  check (binding or state = 'open'),
  check (binding = (binding_since is not null)),
  check ((change_asked is null) = (change_asked_at is null)),
  check (state <> 'reported' or reported_at is not null)
);
create index advice_condition_case on advice_condition (case_id, position);
create index advice_condition_system on advice_condition (system_id) where binding;
create index advice_condition_open on advice_condition (organisation_id, due_on) where binding and state in ('open', 'reported');

-- Frozen at adoption: the canonical text, and the hash that the database itself holds against it.
create table advice_adoption (
  id uuid primary key,
  at timestamptz not null,
  type text not null default 'adopted' check (type = 'adopted'),
  advice_id uuid not null unique,
  case_id uuid not null,
  item_kind text not null default 'board-case',
  item_id uuid generated always as (case_id) stored,
  organisation_id uuid not null,
  content text not null,
  digest text not null check (digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid,
  demo boolean not null default false
);
create index advice_adoption_case on advice_adoption (case_id);

-- What became of a condition.
create table advice_condition_event (
  id uuid primary key,
  at timestamptz not null,
  type text not null check (type in ('bound', 'reported', 'sent-back', 'met', 'change-asked', 'changed', 'change-refused', 'withdrawn')),
  condition_id uuid not null,
  case_id uuid not null,
  item_kind text not null default 'condition',
  item_id uuid generated always as (condition_id) stored,
  organisation_id uuid not null,
  number integer not null check (number > 0), -- of the wording
  words text not null default '',
  -- of `bound` and `changed`: the condition as it reads from then on
  content jsonb,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid,
  demo boolean not null default false,
  check ((type in ('bound', 'changed')) = (content is not null))
);
create index advice_condition_event_condition on advice_condition_event (condition_id, at, id);

-- What was published of advice: the text as it went out. What was withheld is named by its place and the reason alone.
create table advice_publication (
  id uuid primary key,
  at timestamptz not null,
  type text not null check (type in ('published', 'taken-back')),
  advice_id uuid not null,
  case_id uuid not null,
  item_kind text not null default 'board-case',
  item_id uuid generated always as (case_id) stored,
  organisation_id uuid not null,
  entry_id uuid not null, -- in the collection
  content text not null default '',
  withheld jsonb not null default '[]', -- [{part, reason}]
  words text not null default '',
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid,
  demo boolean not null default false
);
create index advice_publication_case on advice_publication (case_id, at desc);

-- Drafts are for those who deliberate and for the secretariat. What binds is seen by who sees the case.
select isolate_by('advice', '(state = ''adopted'' or (select on_board_side())) and case_open(case_id)',
  '(select on_board_side()) and case_open(case_id)');
-- The ministry answers a condition that binds: the unit of the system, and the one that the condition names.
select isolate_by('advice_condition', '(binding or (select on_board_side())) and case_open(case_id)',
  '(select on_board_side()) and case_open(case_id) or binding and (organisation_id in (select organisations_written())
    or owner_organisation_id in (select organisations_written()))');
select isolate_by('advice_adoption', 'case_open(case_id)', '(select scope_is(''role'', ''board'')) and case_open(case_id)');
select isolate_by('advice_condition_event', 'case_open(case_id)',
  '(select on_board_side()) and case_open(case_id)
    or type in (''reported'', ''change-asked'') and exists (select 1 from advice_condition c where c.id = condition_id
      and (c.organisation_id in (select organisations_written()) or c.owner_organisation_id in (select organisations_written())))');
select isolate_by('advice_publication', 'case_open(case_id)', '(select scope_is(''role'', ''secretariat'')) and case_open(case_id)');
select append_only(t) from unnest(array['advice_adoption', 'advice_condition_event', 'advice_publication']) as t;
create trigger advice_adoption_append_only before update or delete on advice_adoption for each row execute function refuse_change();
create trigger advice_condition_event_append_only before update or delete on advice_condition_event
  for each row execute function refuse_change();
create trigger advice_publication_append_only before update or delete on advice_publication
  for each row execute function refuse_change();
create trigger advice_adoption_logged after insert on advice_adoption
  referencing new table as new_rows for each statement execute function log_row();
create trigger advice_condition_event_logged after insert on advice_condition_event
  referencing new table as new_rows for each statement execute function log_row();
create trigger advice_publication_logged after insert on advice_publication
  referencing new table as new_rows for each statement execute function log_row();
