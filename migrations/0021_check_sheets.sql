-- Check sheets of procurement and contract: which items go into specification and contract of a system, with the text of
-- each, how it is verified, the clause that was agreed and the proof (DS-920 v1.0, section 3, 2).

create table procurement (
  id uuid primary key,
  number text not null unique,
  system_id uuid not null references ai_system (id) on delete cascade,
  organisation_id uuid not null references organisation (id),
  title text not null,
  -- code of the field service-kind as it was when items were proposed; null where the register did not know it
  pattern text,
  state text not null default 'drafting' check (state in ('drafting', 'tendering', 'evaluating', 'contracted', 'closed')),
  -- the edition that proposed, and what it was told: per use of the system its answers
  catalog text not null,
  edition text not null,
  digest text not null,
  answers jsonb not null,
  proposed_at timestamptz not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null
);
create index procurement_system on procurement (system_id);
create index procurement_organisation on procurement (organisation_id, number);

-- One item of one of the two sheets as it is now. What came from the catalog is kept with it, so that a sheet reads the
-- same when an edition is replaced.
create table check_item (
  id uuid primary key,
  procurement_id uuid not null references procurement (id) on delete cascade,
  system_id uuid not null,
  organisation_id uuid not null references organisation (id),
  sheet text not null check (sheet in ('procurement-check', 'contract-check')),
  item text not null, -- 'p-06'
  position integer not null,
  group_id text not null,
  -- titles and texts of the catalog in both languages with their provenance (src/procurement/sheets/model.ts: Preset)
  preset jsonb not null,
  -- what the rules proposed, with reasons or with the questions that would settle it (Proposal)
  proposal jsonb not null,
  included boolean, -- null: nobody has decided
  reason text,
  decided_at timestamptz,
  decided_by uuid,
  requirement text not null,
  chapter text not null default '', -- number in the specification, '3.2.4'
  evidence jsonb not null, -- texts, in order
  verification text[] not null check (verification <@ array['document', 'test', 'run-time-rule']),
  clause_text text not null,
  clause_number text not null default '',
  clause_state text not null default 'open' check (clause_state in ('open', 'negotiating', 'agreed')),
  agreed_on date,
  version integer not null default 1,
  updated_at timestamptz not null,
  updated_by uuid not null,
  unique (procurement_id, item),
  check ((included is null) = (decided_at is null) and (decided_at is null) = (decided_by is null)),
  -- nothing is left out without a reason
  check (included is not false or length(trim(coalesce(reason, ''))) > 0),
  check ((clause_state = 'agreed') = (agreed_on is not null))
);
create index check_item_procurement on check_item (procurement_id, sheet, position);

-- Proof that an included item is met: evidence attached to the item, or a setting of the user's rule that enforces it.
create table item_proof (
  id uuid primary key,
  check_item_id uuid not null references check_item (id) on delete cascade,
  procurement_id uuid not null references procurement (id) on delete cascade,
  system_id uuid not null,
  organisation_id uuid not null references organisation (id),
  kind text not null check (kind in ('evidence', 'run-time-rule')),
  what text not null,
  setting text, -- of the user's rule, 'hosting-countries'
  responsible text not null,
  stage text not null check (stage in ('procurement', 'build-test', 'operation')),
  due_on date,
  state text not null default 'open' check (state in ('open', 'done')),
  done_at timestamptz,
  done_by uuid,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null,
  check (kind = 'evidence' or length(trim(coalesce(setting, ''))) > 0),
  check ((state = 'done') = (done_at is not null) and (done_at is null) = (done_by is null))
);
create index item_proof_item on item_proof (check_item_id);
create index item_proof_procurement on item_proof (procurement_id);
create index item_proof_due on item_proof (organisation_id, due_on) where state = 'open';

-- What became of a procurement, its items and proofs. It outlives them.
create table check_item_change (
  id uuid primary key,
  at timestamptz not null,
  type text not null,
  procurement_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  -- as the leaf of the log asks for it
  item_kind text not null default 'procurement',
  item_id uuid generated always as (procurement_id) stored,
  check_item_id uuid,
  item text,
  -- by name of field { from, to }
  fields jsonb not null,
  reason text,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid
);
create index check_item_change_procurement on check_item_change (procurement_id, at desc, id desc);

-- Seen by who sees the system, as far as the own role reads: that a system is offered to other ministries offers neither
-- its bidders nor its clauses. A sheet of a system that is gone is seen by who held it.
create function isolate_with_system(tbl text) returns void language sql as $$
  select isolate_by(tbl, 'organisation_id in (select organisations_held())
      or organisation_id in (select organisations_read()) and exists (select 1 from ai_system s where s.id = system_id)',
    'organisation_id in (select organisations_written())')
$$;
select isolate_with_system('procurement');
select isolate_with_system('check_item');
select isolate_with_system('item_proof');
select isolate_with_system('check_item_change');
select append_only('check_item_change');
create trigger check_item_change_append_only before update or delete on check_item_change
  for each row execute function refuse_change();
create trigger check_item_change_logged after insert on check_item_change
  referencing new table as new_rows for each statement execute function log_row();
