-- The docket of the Advisory Board: what a ministry brings to it, who sits on it, who declared what, what was thought.
-- A row of board_case tells title, parties and state and nothing else: that much a member sees before the declaration.
-- Everything of substance stands in the other tables, which ask case_open().

create table board_meeting (
  id uuid primary key,
  number integer not null unique check (number > 0),
  held_on date not null,
  note text not null default '',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null,
  demo boolean not null default false
);

-- Who sits on the Board, in which field, and when. The chair is one of them.
create table board_seat (
  id uuid primary key,
  person_id uuid not null references person (id) on delete cascade,
  expertise_ja text not null,
  expertise_en text not null default '',
  chair boolean not null default false,
  from_date date not null,
  to_date date,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null,
  check (to_date is null or to_date >= from_date)
);
create index board_seat_person on board_seat (person_id);

create table board_case (
  id uuid primary key,
  number text unique, -- AB-2026-001; given at the first submission
  system_id uuid not null references ai_system (id) on delete cascade,
  organisation_id uuid not null references organisation (id), -- of the system
  title text not null,
  -- [{kind: supplier | model-supplier, name}]: what a member must know to say whether there is an interest
  parties jsonb not null default '[]',
  state text not null default 'preparing' check (state in ('preparing', 'submitted', 'withdrawn', 'advised')),
  meeting_id uuid references board_meeting (id) on delete set null,
  dossier_id uuid, -- the latest that was submitted
  dossier_version integer not null default 0,
  -- from when on the ministry reads opinions: the rule that was in force at submission
  opinions_to_ministry text not null default 'submitted' check (opinions_to_ministry in ('submitted', 'advised')),
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null,
  submitted_at timestamptz,
  submitted_by uuid,
  withdrawn_at timestamptz,
  withdrawn_because text,
  advised_at timestamptz,
  updated_at timestamptz not null,
  demo boolean not null default false,
  check ((number is null) = (submitted_at is null))
);
create unique index board_case_open on board_case (system_id) where state in ('preparing', 'submitted', 'withdrawn');
create index board_case_organisation on board_case (organisation_id);
create index board_case_state on board_case (state, submitted_at);

-- The five parts while they are written. What was submitted stands in the dossier.
create table board_part (
  case_id uuid not null references board_case (id) on delete cascade,
  organisation_id uuid not null,
  part text not null check (part in ('content', 'verdict', 'mitigation', 'quality', 'supply-chain')),
  text text not null default '',
  -- why there is no text: not known, or does not apply, with the reason
  absent text check (absent in ('unknown', 'not-applicable')),
  because text,
  version integer not null default 1,
  updated_at timestamptz not null,
  updated_by uuid not null,
  primary key (case_id, part),
  check ((absent is null) = (because is null))
);

-- Frozen at submission: the canonical text, and the hash that the database itself holds against it.
create table board_dossier (
  id uuid primary key,
  at timestamptz not null,
  type text not null default 'submitted',
  case_id uuid not null,
  item_kind text not null default 'board-case',
  item_id uuid generated always as (case_id) stored,
  organisation_id uuid not null,
  number integer not null check (number > 0),
  content text not null,
  digest text not null check (digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
  -- of the uses together, the strictest state of each axis; and their fields of work: what precedents are found by
  axes jsonb not null,
  fields_of_work text[] not null,
  verdict text not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid,
  demo boolean not null default false,
  unique (case_id, number)
);

-- What a member declared, and what the chair or the secretariat decided about it. The latest counts; nothing is changed.
create table board_declaration (
  id uuid primary key,
  at timestamptz not null,
  type text not null check (type in ('no-interest', 'interest', 'recused', 'readmitted')),
  case_id uuid not null,
  item_kind text not null default 'board-case',
  item_id uuid generated always as (case_id) stored,
  organisation_id uuid not null,
  person_id uuid not null, -- the member
  words text not null default '', -- with what there is an interest; why it is decided or corrected
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid,
  demo boolean not null default false
);
create index board_declaration_case on board_declaration (case_id, person_id, at desc, id desc);

create table board_opinion_draft (
  case_id uuid not null references board_case (id) on delete cascade,
  organisation_id uuid not null,
  person_id uuid not null references person (id) on delete cascade,
  text text not null,
  version integer not null default 1,
  updated_at timestamptz not null,
  primary key (case_id, person_id)
);
create table board_opinion (
  id uuid primary key,
  at timestamptz not null,
  type text not null default 'given' check (type in ('given', 'amended')),
  case_id uuid not null,
  item_kind text not null default 'board-case',
  item_id uuid generated always as (case_id) stored,
  organisation_id uuid not null,
  person_id uuid not null,
  number integer not null check (number > 0),
  text text not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid,
  demo boolean not null default false,
  unique (case_id, person_id, number)
);

-- What the Board asks the ministry, and what the ministry answers.
create table board_message (
  id uuid primary key,
  at timestamptz not null,
  type text not null check (type in ('question', 'answer')),
  case_id uuid not null,
  item_kind text not null default 'board-case',
  item_id uuid generated always as (case_id) stored,
  organisation_id uuid not null,
  question_id uuid,
  text text not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid,
  demo boolean not null default false,
  check ((type = 'answer') = (question_id is not null))
);
create index board_message_case on board_message (case_id, at, id);

-- Whom somebody asked to declare, when last.
create table board_reminder (
  case_id uuid not null references board_case (id) on delete cascade,
  person_id uuid not null references person (id) on delete cascade,
  at timestamptz not null,
  primary key (case_id, person_id)
);

-- Who asks sits on the Board today (the day in Japan).
create function board_seated(member uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from board_seat s where s.person_id = $1
    and (now() at time zone 'Asia/Tokyo')::date between s.from_date and coalesce(s.to_date, 'infinity'::date)) $$;
create function board_chairs(member uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from board_seat s where s.person_id = $1 and s.chair
    and (now() at time zone 'Asia/Tokyo')::date between s.from_date and coalesce(s.to_date, 'infinity'::date)) $$;
-- An interest recuses, and so does a decision; only a decision ends it. Without a word of one's own one is undeclared.
create function board_standing(which uuid, member uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select case
    when not board_seated($2) then 'none'
    when (select d.type from board_declaration d where d.case_id = $1 and d.person_id = $2 and d.type <> 'no-interest'
      order by d.at desc, d.id desc limit 1) in ('interest', 'recused') then 'recused'
    when exists (select 1 from board_declaration d where d.case_id = $1 and d.person_id = $2 and d.type = 'no-interest') then 'deliberating'
    else 'undeclared' end $$;

create function docket_role() returns boolean language sql stable parallel safe as $$
  select coalesce(current_setting('tenbin.role', true), '') in ('caio', 'caio-office', 'planner', 'provider', 'auditor') $$;

-- The ministry sees its cases as it sees the system; the Board and the secretariat see what was submitted. A system that
-- is kept to its unit stays so: what reaches the Board is the case.
select isolate_by('board_case',
  '(select docket_role()) and (organisation_id in (select organisations_held())
      or (select not scope_is(''reads'', ''all'')) and organisation_id in (select organisations_read())
        and exists (select 1 from ai_system s where s.id = system_id))
    or submitted_at is not null and ((select scope_is(''role'', ''secretariat''))
      or (select scope_is(''role'', ''board'') and board_seated(scope_id(''person''))))',
  'organisation_id in (select organisations_written())
    or submitted_at is not null and ((select scope_is(''role'', ''secretariat''))
      or (select scope_is(''role'', ''board'')) and board_standing(id, (select scope_id(''person''))) = ''deliberating'')');

-- Whether what a case holds is open to who asks. Of the Board: to those members who declared and are not recused.
create or replace function case_open(uuid) returns boolean language sql stable parallel safe as $$
  select case when scope_is('role', 'board') then board_standing($1, scope_id('person')) = 'deliberating'
      and exists (select 1 from board_case c where c.id = $1)
    else exists (select 1 from board_case c where c.id = $1) end $$;
create function on_board_side() returns boolean language sql stable parallel safe as $$
  select scope_is('role', 'board') or scope_is('role', 'secretariat') $$;

-- Files of a case follow the case, whatever else opens evidence.
create policy of_open_case on evidence as restrictive for select using (item_kind <> 'board-case'
  or (select scope_is('reads', 'everything')) or case_open(item_id));

select isolate_by('board_meeting', '(select scope_exists())', '(select scope_is(''role'', ''secretariat''))');
select isolate_by('board_seat', '(select scope_exists())', '(select scope_is(''role'', ''secretariat''))');
select isolate_by('board_part', '(select docket_role()) and case_open(case_id)', 'organisation_id in (select organisations_written())');
select isolate_by('board_dossier', 'case_open(case_id)', 'organisation_id in (select organisations_written())');
select isolate_by('board_declaration',
  'person_id = (select scope_id(''person'')) or (select scope_is(''role'', ''secretariat''))
    or (select scope_is(''role'', ''board'')) and case_open(case_id)',
  'actor_id = (select scope_id(''person'')) and (
    type in (''no-interest'', ''interest'') and person_id = actor_id and (select scope_is(''role'', ''board''))
    or type in (''recused'', ''readmitted'') and ((select scope_is(''role'', ''secretariat''))
      or (select scope_is(''role'', ''board'') and board_chairs(scope_id(''person''))) and case_open(case_id)))');
select isolate_by('board_opinion_draft',
  'person_id = (select scope_id(''person'')) and (select scope_is(''role'', ''board'')) and case_open(case_id)',
  'person_id = (select scope_id(''person'')) and (select scope_is(''role'', ''board'')) and case_open(case_id)');
select isolate_by('board_opinion',
  'case_open(case_id) and ((select on_board_side()) or exists (select 1 from board_case c
    where c.id = case_id and (c.opinions_to_ministry = ''submitted'' or c.state = ''advised'')))',
  'person_id = (select scope_id(''person'')) and actor_id = person_id and (select scope_is(''role'', ''board'')) and case_open(case_id)');
select isolate_by('board_message', 'case_open(case_id)',
  'type = ''question'' and (select on_board_side()) and case_open(case_id)
    or type = ''answer'' and organisation_id in (select organisations_written())');
select isolate_by('board_reminder', '(select on_board_side())', '(select on_board_side())');

select append_only(t) from unnest(array['board_dossier', 'board_declaration', 'board_opinion', 'board_message']) as t;
create trigger board_dossier_append_only before update or delete on board_dossier for each row execute function refuse_change();
create trigger board_declaration_append_only before update or delete on board_declaration for each row execute function refuse_change();
create trigger board_opinion_append_only before update or delete on board_opinion for each row execute function refuse_change();
create trigger board_message_append_only before update or delete on board_message for each row execute function refuse_change();
create trigger board_dossier_logged after insert on board_dossier
  referencing new table as new_rows for each statement execute function log_row();
create trigger board_declaration_logged after insert on board_declaration
  referencing new table as new_rows for each statement execute function log_row();
create trigger board_opinion_logged after insert on board_opinion
  referencing new table as new_rows for each statement execute function log_row();
create trigger board_message_logged after insert on board_message
  referencing new table as new_rows for each statement execute function log_row();
