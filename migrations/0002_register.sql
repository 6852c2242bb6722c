-- The register: AI systems and their uses, models, suppliers, their history, saved views.

create table supplier (
  id uuid primary key,
  organisation_id uuid not null references organisation (id), -- who entered it
  name text not null,
  name_en text not null default '',
  corporate_number text,
  country text,
  name_key text not null unique, -- normalised, so that one supplier is one record
  demo boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null
);

create table model (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  supplier_id uuid references supplier (id),
  name text not null,
  model_version text not null default '',
  hosting_country text,
  modality text[] not null default '{}',
  tools text not null default '',
  autonomy text,
  name_key text not null, -- normalised name and version
  demo boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null
);
create unique index model_once on model (name_key, coalesce(supplier_id, '00000000-0000-0000-0000-000000000000'));
create index model_supplier on model (supplier_id);

-- The last number given under a prefix (the code of a ministry). A row, not a sequence: the lock of the transaction keeps
-- numbers without gaps, and a prefix that comes back goes on where it was.
create table number_counter (
  prefix text primary key,
  last integer not null
);

create table ai_system (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  number text not null unique,
  facts jsonb not null,
  supplier_id uuid references supplier (id),
  version integer not null default 1,
  import_id uuid,
  import_row integer,
  -- why a new one was needed although similar uses were shown
  new_because text,
  demo boolean not null default false,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null
);
create index ai_system_organisation on ai_system (organisation_id);
create index ai_system_supplier on ai_system (supplier_id);
create index ai_system_import on ai_system (import_id) where import_id is not null;

create table system_model (
  system_id uuid not null references ai_system (id) on delete cascade,
  model_id uuid not null references model (id),
  organisation_id uuid not null,
  position integer not null,
  primary key (system_id, model_id)
);
create index system_model_model on system_model (model_id);

create table ai_use (
  id uuid primary key,
  system_id uuid not null references ai_system (id) on delete cascade,
  organisation_id uuid not null references organisation (id),
  position integer not null,
  facts jsonb not null,
  -- what the register shows of the judgement; written by the finder, together with what it rests on
  verdict text not null default 'not-reported'
    check (verdict in ('consult-board', 'cannot-decide', 'proceed', 'out-of-scope', 'not-reported')),
  ruled_verdict text,
  assessment_id uuid,
  -- the Chief AI Officer has decided on that assessment, as the rule says or otherwise
  judged boolean not null default false,
  rests_on jsonb not null default '{}',
  -- the facts that have changed since: [{field, at}]
  stale_facts jsonb not null default '[]',
  stale boolean not null default false,
  -- derived, like the two tables below, by derive-row.ts
  name text not null,
  name_key text not null, -- normalised name of the system: finds an identical one
  purpose text not null,
  stage text not null, -- the code, or why it is not there
  verdict_order smallint not null, -- 0 is the strictest
  demo boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (system_id, position)
);
create index ai_use_organisation on ai_use (organisation_id);
create index ai_use_name_key on ai_use (name_key);

-- What uses can be filtered by (`f.stage=operation`, `org=<id>`, `verdict=proceed`), each as a small number.
create table facet (
  id integer generated always as identity primary key,
  token text not null unique
);

-- One narrow row per use, of which a hundred thousand fit into memory: lists walk it in any order, and filter on the way.
create table use_listing (
  use_id uuid primary key references ai_use (id) on delete cascade,
  organisation_id uuid not null,
  updated_at timestamptz not null,
  sort_name text not null,
  sort_organisation text not null,
  stage_order smallint not null,
  verdict_order smallint not null,
  facets int[] not null -- ids of facet
);
create index use_listing_updated on use_listing (updated_at, use_id);
create index use_listing_name on use_listing (sort_name, use_id);
create index use_listing_organisation on use_listing (sort_organisation, use_id);
create index use_listing_stage on use_listing (stage_order, use_id);
create index use_listing_verdict on use_listing (verdict_order, use_id);
create index use_listing_facets on use_listing using gin (facets) with (gin_pending_list_limit = 1024);

-- Lists are sorted by the codes of organisations, root first: whoever changes a code changes the rows that show it.
create function sort_organisation_anew() returns trigger language plpgsql as $$
begin
  update use_listing l set sort_organisation = (
    select string_agg(p.code, '/' order by array_position(o.path, p.id)) from organisation p where p.id = any(o.path))
  from organisation o where o.path @> array[new.id] and l.organisation_id = o.id;
  return null;
end $$;
create trigger organisation_code_changed after update of code, path on organisation
  for each row when (old.code <> new.code or old.path <> new.path) execute function sort_organisation_anew();

-- What the search reads: the words of a use in their normal form, and every pair of neighbouring signs in them.
create table use_text (
  use_id uuid primary key references ai_use (id) on delete cascade,
  organisation_id uuid not null,
  search_key text not null,
  grams int[] not null
);
alter table use_text alter column grams set storage external;
create index use_text_grams on use_text using gin (grams) with (gin_pending_list_limit = 1024);

-- Every change, field by field. Rows outlive the system they tell of.
create table change (
  id uuid primary key,
  system_id uuid not null,
  use_id uuid,
  organisation_id uuid not null,
  at timestamptz not null,
  actor_id uuid not null,
  actor_role text not null,
  kind text not null,
  reason text,
  fields jsonb not null,
  version integer not null
);
create index change_system on change (system_id, at desc, id desc);
create trigger change_append_only before update or delete on change for each row execute function refuse_change();

create table saved_view (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  person_id uuid not null references person (id) on delete cascade,
  name text not null,
  query jsonb not null,
  created_at timestamptz not null,
  unique (person_id, name)
);
