-- The Consultation Desk: what planners ask it, what it answers, and the collection of published answers and advice.

create table consultation (
  id uuid primary key,
  organisation_id uuid not null references organisation (id), -- who asks: that of the system, or of the role
  number text unique, -- CD-2026-001; given when it is sent
  system_id uuid references ai_system (id) on delete set null,
  subject text not null,
  question text not null,
  wished_on date,
  state text not null check (state in ('draft', 'asked', 'taken', 'answered', 'closed', 'withdrawn')),
  asked_at timestamptz,
  asked_by uuid,
  -- the person of the desk who has it
  holder_id uuid,
  deadline date,
  -- the rule of the desk (preset), or what the desk decided for this one
  deadline_by text check (deadline_by in ('rule', 'desk')),
  -- since when whoever acts next is waited for
  waiting_since timestamptz not null,
  answered_at timestamptz,
  -- when somebody of the asking side opened the last answer
  read_at timestamptz,
  -- its published form in the collection, while that is not withdrawn
  entry_id uuid,
  version integer not null default 1,
  demo boolean not null default false,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null
);
create index consultation_organisation on consultation (organisation_id);
create index consultation_system on consultation (system_id) where system_id is not null;
create index consultation_open on consultation (state, deadline);

-- The thread: what both sides wrote, and what became of the question. Only added to.
create table consultation_entry (
  id uuid primary key,
  organisation_id uuid not null,
  item_kind text not null default 'consultation',
  item_id uuid not null,
  at timestamptz not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid,
  type text not null check (type in ('asked', 'taken', 'handed-over', 'deadline-set', 'answered', 'followed-up', 'closed',
    'withdrawn', 'published', 'unpublished')),
  text text,
  to_person uuid,
  deadline date,
  -- a note within the desk
  internal boolean not null default false
);
create index consultation_entry_item on consultation_entry (item_id, at, id);
create trigger consultation_entry_append_only before update or delete on consultation_entry for each row execute function refuse_change();
create trigger consultation_entry_logged after insert on consultation_entry
  referencing new table as new_rows for each statement execute function log_row();

-- The form in which an answer is to be published: written apart from the thread.
create table publication (
  consultation_id uuid primary key references consultation (id) on delete cascade,
  title text not null,
  question text not null,
  answer text not null,
  items text[] not null default '{}',
  -- names still in it that a person confirmed as harmless: [{kind, name, at, by}]
  confirmed jsonb not null default '[]',
  version integer not null default 1,
  updated_at timestamptz not null,
  updated_by uuid not null
);

-- What everybody may learn from: published answers of the Desk and published advice of the Board. It names nobody, and
-- nothing here leads back to who asked.
create table collection_entry (
  id uuid primary key,
  kind text not null check (kind in ('answer', 'advice')),
  number text not null unique, -- CA-2026-001 for answers, CB-2026-001 for advice
  title text not null,
  question text not null,
  answer text not null,
  -- the catalog and its edition that the items below belong to
  catalog text,
  edition text,
  items text[] not null default '{}',
  published_at timestamptz not null,
  published_by uuid not null,
  withdrawn_at timestamptz,
  withdrawn_because text,
  -- derived: for search and for finding what is alike
  search_key text not null,
  grams int[] not null,
  demo boolean not null default false
);
alter table collection_entry alter column grams set storage external;
create index collection_entry_grams on collection_entry using gin (grams);
create index collection_entry_published on collection_entry (published_at desc, id desc);
create index collection_entry_items on collection_entry using gin (items);

-- Asking is sharing: the desk reads the system of a question that reached it, also one that is kept to its unit.
create function systems_asked_about() returns setof uuid language sql stable security definer set search_path = public, pg_temp
  as $$ select system_id from consultation where scope_is('role', 'desk') and state <> 'draft' and system_id is not null $$;
drop policy reading on ai_system;
create policy reading on ai_system for select using ((select scope_is('reads', 'everything'))
  or organisation_id in (select organisations_held())
  or sharing <> 'restricted' and organisation_id in (select organisations_read())
  or sharing = 'government' and (select scope_is('shared', 'yes'))
  or id in (select systems_asked_about()));
drop policy reading on ai_use;
create policy reading on ai_use for select using ((select scope_is('reads', 'everything'))
  or organisation_id in (select organisations_held())
  or sharing <> 'restricted' and organisation_id in (select organisations_read())
  or sharing = 'government' and (select scope_is('shared', 'yes'))
  or system_id in (select systems_asked_about()));

-- Seen by the ministry that asks and by the Desk. Whoever else reads across ministries has no part in it. A question about
-- a system kept to its unit stays with those who see the system.
select isolate_by('consultation', 'organisation_id in (select organisations_held())
    or (select scope_is(''role'', ''desk'')) and state <> ''draft''
    or organisation_id in (select organisations_read()) and not (select scope_is(''reads'', ''all''))
      and (system_id is null or exists (select 1 from ai_system s where s.id = system_id))',
  'organisation_id in (select organisations_written()) or (select scope_is(''role'', ''desk'')) and state <> ''draft''');
select isolate_by('consultation_entry', 'not internal and exists (select 1 from consultation c where c.id = item_id)
    or internal and (select scope_is(''role'', ''desk''))',
  'organisation_id in (select organisations_written()) or (select scope_is(''role'', ''desk''))');
select append_only('consultation_entry');
select isolate_by('publication', '(select scope_is(''role'', ''desk''))', '(select scope_is(''role'', ''desk''))');
select isolate_by('collection_entry', '(select scope_exists()) and not (select scope_is(''reads'', ''nothing''))',
  '(select scope_is(''role'', ''desk'')) and kind = ''answer'' or (select scope_is(''role'', ''secretariat'')) and kind = ''advice''');

-- Files sent with a question are seen by who sees the question.
drop policy reading on evidence;
create policy reading on evidence for select using ((select scope_is('reads', 'everything'))
  or organisation_id in (select organisations_held())
  or organisation_id in (select organisations_read())
    and case item_kind
      when 'system' then exists (select 1 from ai_system s where s.id = item_id)
      when 'consultation' then exists (select 1 from consultation c where c.id = item_id)
      when 'board-case' then case_open(item_id)
      else true end
  or item_kind = 'tender-answer' and (select scope_is('role', 'supplier')) and answer_of_supplier(item_id));
