-- Dumped from the migrations; checked by test/drift.test.ts. Do not edit: `npm run dump`.

create table ai_system (
  id uuid not null,
  organisation_id uuid not null,
  number text not null,
  facts jsonb not null,
  supplier_id uuid,
  version integer not null default 1,
  import_id uuid,
  import_row integer,
  new_because text,
  demo boolean not null default false,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  updated_at timestamp with time zone not null,
  updated_by uuid not null,
  constraint ai_system_number_key UNIQUE (number),
  constraint ai_system_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint ai_system_pkey PRIMARY KEY (id),
  constraint ai_system_supplier_id_fkey FOREIGN KEY (supplier_id) REFERENCES supplier(id)
);
CREATE INDEX ai_system_import ON public.ai_system USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX ai_system_organisation ON public.ai_system USING btree (organisation_id);
CREATE INDEX ai_system_supplier ON public.ai_system USING btree (supplier_id);

create table ai_use (
  id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  "position" integer not null,
  facts jsonb not null,
  verdict text not null default 'not-reported'::text,
  ruled_verdict text,
  assessment_id uuid,
  judged boolean not null default false,
  rests_on jsonb not null default '{}'::jsonb,
  stale_facts jsonb not null default '[]'::jsonb,
  stale boolean not null default false,
  name text not null,
  name_key text not null,
  purpose text not null,
  stage text not null,
  verdict_order smallint not null,
  demo boolean not null default false,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint ai_use_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint ai_use_pkey PRIMARY KEY (id),
  constraint ai_use_system_id_fkey FOREIGN KEY (system_id) REFERENCES ai_system(id) ON DELETE CASCADE,
  constraint ai_use_system_id_position_key UNIQUE (system_id, "position"),
  constraint ai_use_verdict_check CHECK ((verdict = ANY (ARRAY['consult-board'::text, 'cannot-decide'::text, 'proceed'::text, 'out-of-scope'::text, 'not-reported'::text])))
);
CREATE INDEX ai_use_name_key ON public.ai_use USING btree (name_key);
CREATE INDEX ai_use_organisation ON public.ai_use USING btree (organisation_id);

create table assessment (
  id uuid not null,
  use_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  catalog text not null,
  edition text not null,
  digest text not null,
  answers jsonb not null,
  result jsonb not null,
  outcome text not null,
  rests_on jsonb not null,
  made_at timestamp with time zone not null,
  made_by uuid not null,
  made_role text not null,
  demo boolean not null default false,
  constraint assessment_pkey PRIMARY KEY (id),
  constraint assessment_use_id_fkey FOREIGN KEY (use_id) REFERENCES ai_use(id) ON DELETE CASCADE
);
CREATE INDEX assessment_use ON public.assessment USING btree (use_id, made_at DESC);

create table audit_entry (
  id uuid not null,
  at timestamp with time zone not null,
  actor_id uuid not null,
  actor_role text not null,
  organisation_id uuid not null,
  type text not null,
  item_kind text not null,
  item_id uuid not null,
  detail jsonb not null,
  constraint audit_entry_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_entry_at ON public.audit_entry USING btree (at DESC, id DESC);
CREATE INDEX audit_entry_item ON public.audit_entry USING btree (item_id, at DESC);
CREATE TRIGGER audit_entry_append_only BEFORE DELETE OR UPDATE ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();

create table change (
  id uuid not null,
  system_id uuid not null,
  use_id uuid,
  organisation_id uuid not null,
  at timestamp with time zone not null,
  actor_id uuid not null,
  actor_role text not null,
  kind text not null,
  reason text,
  fields jsonb not null,
  version integer not null,
  constraint change_pkey PRIMARY KEY (id)
);
CREATE INDEX change_system ON public.change USING btree (system_id, at DESC, id DESC);
CREATE TRIGGER change_append_only BEFORE DELETE OR UPDATE ON public.change FOR EACH ROW EXECUTE FUNCTION refuse_change();

create table column_map (
  id uuid not null,
  organisation_id uuid not null,
  name text not null,
  map jsonb not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  updated_at timestamp with time zone not null,
  constraint column_map_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint column_map_organisation_id_name_key UNIQUE (organisation_id, name),
  constraint column_map_pkey PRIMARY KEY (id)
);

create table facet (
  id integer not null,
  token text not null,
  constraint facet_pkey PRIMARY KEY (id),
  constraint facet_token_key UNIQUE (token)
);

create table finder_draft (
  use_id uuid not null,
  organisation_id uuid not null,
  person_id uuid not null,
  answers jsonb not null,
  updated_at timestamp with time zone not null,
  constraint finder_draft_pkey PRIMARY KEY (use_id),
  constraint finder_draft_use_id_fkey FOREIGN KEY (use_id) REFERENCES ai_use(id) ON DELETE CASCADE
);

create table import (
  id uuid not null,
  organisation_id uuid not null,
  file_sha256 text not null,
  file_name text not null,
  bytes bigint not null,
  format text not null,
  encoding text,
  sheet text,
  header_row integer not null,
  header jsonb not null,
  preamble jsonb not null,
  layout jsonb not null,
  map jsonb not null,
  reading_digest text not null,
  state text not null,
  rows integer not null,
  stored integer not null,
  rejected integer not null,
  flags jsonb not null,
  error jsonb,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  undone_at timestamp with time zone,
  actor_id uuid not null,
  demo boolean not null default false,
  constraint import_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint import_pkey PRIMARY KEY (id),
  constraint import_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'cancelled'::text, 'failed'::text, 'undone'::text])))
);
CREATE UNIQUE INDEX import_once ON public.import USING btree (organisation_id, reading_digest) WHERE (state = 'done'::text);

create table import_row (
  import_id uuid not null,
  row_number integer not null,
  organisation_id uuid not null,
  outcome text not null,
  reasons jsonb not null,
  flags jsonb not null,
  cells jsonb not null,
  system_id uuid,
  constraint import_row_import_id_fkey FOREIGN KEY (import_id) REFERENCES import(id) ON DELETE CASCADE,
  constraint import_row_outcome_check CHECK ((outcome = ANY (ARRAY['stored'::text, 'rejected'::text]))),
  constraint import_row_pkey PRIMARY KEY (import_id, row_number)
);
CREATE INDEX import_row_system ON public.import_row USING btree (system_id) WHERE (system_id IS NOT NULL);

create table judgement (
  id uuid not null,
  assessment_id uuid not null,
  use_id uuid not null,
  organisation_id uuid not null,
  verdict text not null,
  reason text not null,
  made_at timestamp with time zone not null,
  made_by uuid not null,
  made_role text not null,
  demo boolean not null default false,
  constraint judgement_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES assessment(id) ON DELETE CASCADE,
  constraint judgement_pkey PRIMARY KEY (id),
  constraint judgement_verdict_check CHECK ((verdict = ANY (ARRAY['consult-board'::text, 'proceed'::text, 'out-of-scope'::text])))
);
CREATE INDEX judgement_assessment ON public.judgement USING btree (assessment_id, made_at DESC);

create table model (
  id uuid not null,
  organisation_id uuid not null,
  supplier_id uuid,
  name text not null,
  model_version text not null default ''::text,
  hosting_country text,
  modality text[] not null default '{}'::text[],
  tools text not null default ''::text,
  autonomy text,
  name_key text not null,
  demo boolean not null default false,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  constraint model_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint model_pkey PRIMARY KEY (id),
  constraint model_supplier_id_fkey FOREIGN KEY (supplier_id) REFERENCES supplier(id)
);
CREATE UNIQUE INDEX model_once ON public.model USING btree (name_key, COALESCE(supplier_id, '00000000-0000-0000-0000-000000000000'::uuid));
CREATE INDEX model_supplier ON public.model USING btree (supplier_id);

create table number_counter (
  prefix text not null,
  last integer not null,
  constraint number_counter_pkey PRIMARY KEY (prefix)
);

create table organisation (
  id uuid not null,
  parent_id uuid,
  path uuid[] not null,
  kind text not null,
  code text not null,
  name_ja text not null,
  name_en text not null default ''::text,
  valid_from date,
  valid_to date,
  demo boolean not null default false,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  constraint organisation_check CHECK ((parent_id IS DISTINCT FROM id)),
  constraint organisation_code_key UNIQUE (code),
  constraint organisation_kind_check CHECK ((kind = ANY (ARRAY['ministry'::text, 'agency'::text, 'municipality'::text, 'bureau'::text, 'division'::text, 'body'::text]))),
  constraint organisation_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES organisation(id),
  constraint organisation_pkey PRIMARY KEY (id)
);
CREATE INDEX organisation_path ON public.organisation USING gin (path);
CREATE TRIGGER organisation_code_changed AFTER UPDATE OF code, path ON public.organisation FOR EACH ROW WHEN (((old.code <> new.code) OR (old.path <> new.path))) EXECUTE FUNCTION sort_organisation_anew();

create table outbox (
  id uuid not null,
  at timestamp with time zone not null,
  type text not null,
  organisation_id uuid not null,
  payload jsonb not null,
  done_at timestamp with time zone,
  constraint outbox_pkey PRIMARY KEY (id)
);
CREATE INDEX outbox_open ON public.outbox USING btree (at) WHERE (done_at IS NULL);

create table person (
  id uuid not null,
  organisation_id uuid not null,
  name_ja text not null,
  name_en text not null,
  post_ja text not null,
  post_en text not null,
  local boolean not null default false,
  demo boolean not null default false,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  constraint person_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint person_pkey PRIMARY KEY (id)
);

create table role_held (
  person_id uuid not null,
  role text not null,
  organisation_id uuid not null,
  from_date date not null,
  to_date date,
  created_by uuid not null,
  constraint role_held_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint role_held_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint role_held_pkey PRIMARY KEY (person_id, role, organisation_id),
  constraint role_held_role_check CHECK ((role = ANY (ARRAY['caio'::text, 'planner'::text, 'provider'::text, 'user'::text, 'board'::text, 'desk'::text, 'auditor'::text, 'administrator'::text])))
);

create table saved_view (
  id uuid not null,
  organisation_id uuid not null,
  person_id uuid not null,
  name text not null,
  query jsonb not null,
  created_at timestamp with time zone not null,
  constraint saved_view_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint saved_view_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint saved_view_person_id_name_key UNIQUE (person_id, name),
  constraint saved_view_pkey PRIMARY KEY (id)
);

create table schema_migration (
  number integer not null,
  name text not null,
  checksum text not null,
  done_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (number)
);

create table session (
  id_hash text not null,
  person_id uuid not null,
  role text not null,
  organisation_id uuid not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint session_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint session_pkey PRIMARY KEY (id_hash)
);

create table setting (
  name text not null,
  value jsonb not null,
  updated_at timestamp with time zone not null,
  updated_by uuid not null,
  constraint setting_pkey PRIMARY KEY (name)
);

create table supplier (
  id uuid not null,
  organisation_id uuid not null,
  name text not null,
  name_en text not null default ''::text,
  corporate_number text,
  country text,
  name_key text not null,
  demo boolean not null default false,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  constraint supplier_name_key_key UNIQUE (name_key),
  constraint supplier_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint supplier_pkey PRIMARY KEY (id)
);

create table system_model (
  system_id uuid not null,
  model_id uuid not null,
  organisation_id uuid not null,
  "position" integer not null,
  constraint system_model_model_id_fkey FOREIGN KEY (model_id) REFERENCES model(id),
  constraint system_model_pkey PRIMARY KEY (system_id, model_id),
  constraint system_model_system_id_fkey FOREIGN KEY (system_id) REFERENCES ai_system(id) ON DELETE CASCADE
);
CREATE INDEX system_model_model ON public.system_model USING btree (model_id);

create table use_listing (
  use_id uuid not null,
  organisation_id uuid not null,
  updated_at timestamp with time zone not null,
  sort_name text not null,
  sort_organisation text not null,
  stage_order smallint not null,
  verdict_order smallint not null,
  facets integer[] not null,
  constraint use_listing_pkey PRIMARY KEY (use_id),
  constraint use_listing_use_id_fkey FOREIGN KEY (use_id) REFERENCES ai_use(id) ON DELETE CASCADE
);
CREATE INDEX use_listing_facets ON public.use_listing USING gin (facets) WITH (gin_pending_list_limit='1024');
CREATE INDEX use_listing_name ON public.use_listing USING btree (sort_name, use_id);
CREATE INDEX use_listing_organisation ON public.use_listing USING btree (sort_organisation, use_id);
CREATE INDEX use_listing_stage ON public.use_listing USING btree (stage_order, use_id);
CREATE INDEX use_listing_updated ON public.use_listing USING btree (updated_at, use_id);
CREATE INDEX use_listing_verdict ON public.use_listing USING btree (verdict_order, use_id);

create table use_text (
  use_id uuid not null,
  organisation_id uuid not null,
  search_key text not null,
  grams integer[] not null,
  constraint use_text_pkey PRIMARY KEY (use_id),
  constraint use_text_use_id_fkey FOREIGN KEY (use_id) REFERENCES ai_use(id) ON DELETE CASCADE
);
CREATE INDEX use_text_grams ON public.use_text USING gin (grams) WITH (gin_pending_list_limit='1024');

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'append-only: % may not be changed or removed', tg_table_name using errcode = 'insufficient_privilege';
end $function$;

CREATE OR REPLACE FUNCTION public.sort_organisation_anew()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update use_listing l set sort_organisation = (
    select string_agg(p.code, '/' order by array_position(o.path, p.id)) from organisation p where p.id = any(o.path))
  from organisation o where o.path @> array[new.id] and l.organisation_id = o.id;
  return null;
end $function$;
