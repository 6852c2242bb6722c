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
  sharing text not null default 
CASE
    WHEN ((facts #>> '{circulation,value}'::text[]) = 'unit-only'::text) THEN 'restricted'::text
    WHEN ((facts #>> '{reuse-by-others,value}'::text[]) = ANY (ARRAY['yes'::text, 'on-request'::text])) THEN 'government'::text
    ELSE 'ministry'::text
END,
  constraint ai_system_number_key UNIQUE (number),
  constraint ai_system_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint ai_system_pkey PRIMARY KEY (id),
  constraint ai_system_supplier_id_fkey FOREIGN KEY (supplier_id) REFERENCES supplier(id)
);
CREATE INDEX ai_system_import ON public.ai_system USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX ai_system_organisation ON public.ai_system USING btree (organisation_id);
CREATE INDEX ai_system_supplier ON public.ai_system USING btree (supplier_id);
CREATE TRIGGER ai_system_sharing AFTER UPDATE ON public.ai_system FOR EACH ROW WHEN ((old.sharing IS DISTINCT FROM new.sharing)) EXECUTE FUNCTION sharing_passed_on();

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
  sharing text not null default 'ministry'::text,
  constraint ai_use_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint ai_use_pkey PRIMARY KEY (id),
  constraint ai_use_system_id_fkey FOREIGN KEY (system_id) REFERENCES ai_system(id) ON DELETE CASCADE,
  constraint ai_use_system_id_position_key UNIQUE (system_id, "position"),
  constraint ai_use_verdict_check CHECK ((verdict = ANY (ARRAY['consult-board'::text, 'cannot-decide'::text, 'proceed'::text, 'out-of-scope'::text, 'not-reported'::text])))
);
CREATE INDEX ai_use_name_key ON public.ai_use USING btree (name_key);
CREATE INDEX ai_use_organisation ON public.ai_use USING btree (organisation_id);
CREATE TRIGGER ai_use_sharing BEFORE INSERT ON public.ai_use FOR EACH ROW EXECUTE FUNCTION sharing_of_use();

create table api_token (
  id uuid not null,
  person_id uuid not null,
  role text not null,
  organisation_id uuid not null,
  name text not null,
  scopes text[] not null,
  token_hash text not null,
  hint text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  revoked_by uuid,
  constraint api_token_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint api_token_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint api_token_pkey PRIMARY KEY (id),
  constraint api_token_scopes_check CHECK (((scopes <@ ARRAY['read'::text, 'write'::text, 'import'::text, 'provision'::text, 'log'::text]) AND (cardinality(scopes) > 0))),
  constraint api_token_token_hash_key UNIQUE (token_hash)
);
CREATE INDEX api_token_organisation ON public.api_token USING btree (organisation_id);
CREATE INDEX api_token_person ON public.api_token USING btree (person_id);

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
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  constraint assessment_pkey PRIMARY KEY (id)
);
CREATE INDEX assessment_use ON public.assessment USING btree (use_id, made_at DESC);
CREATE TRIGGER assessment_append_only BEFORE DELETE OR UPDATE ON public.assessment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER assessment_logged AFTER INSERT ON public.assessment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

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
  token_id uuid,
  on_behalf_of uuid,
  constraint audit_entry_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_entry_at ON public.audit_entry USING btree (at DESC, id DESC);
CREATE INDEX audit_entry_item ON public.audit_entry USING btree (item_id, at DESC);
CREATE TRIGGER audit_entry_append_only BEFORE DELETE OR UPDATE ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_logged AFTER INSERT ON public.audit_entry REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

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
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  constraint change_pkey PRIMARY KEY (id)
);
CREATE INDEX change_system ON public.change USING btree (system_id, at DESC, id DESC);
CREATE TRIGGER change_append_only BEFORE DELETE OR UPDATE ON public.change FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER change_logged AFTER INSERT ON public.change REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

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

create table dead_job (
  id uuid not null,
  name text not null,
  organisation_id uuid,
  payload jsonb not null,
  failure jsonb not null,
  tries integer not null,
  put_at timestamp with time zone not null,
  failed_at timestamp with time zone not null,
  state text not null,
  decided_at timestamp with time zone,
  decided_by uuid,
  constraint dead_job_pkey PRIMARY KEY (id),
  constraint dead_job_state_check CHECK ((state = ANY (ARRAY['open'::text, 'retried'::text, 'discarded'::text])))
);
CREATE INDEX dead_job_failed ON public.dead_job USING btree (failed_at DESC, id DESC);

create table deputy (
  id uuid not null,
  role_held_id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null,
  from_date date not null,
  to_date date not null,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  constraint deputy_check CHECK ((to_date >= from_date)),
  constraint deputy_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint deputy_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint deputy_pkey PRIMARY KEY (id),
  constraint deputy_role_held_id_fkey FOREIGN KEY (role_held_id) REFERENCES role_held(id) ON DELETE CASCADE
);
CREATE INDEX deputy_person ON public.deputy USING btree (person_id);
CREATE INDEX deputy_role_held ON public.deputy USING btree (role_held_id);

create table evidence (
  id uuid not null,
  organisation_id uuid not null,
  item_kind text not null,
  item_id uuid not null,
  title text not null,
  file_name text not null,
  media_type text not null,
  bytes bigint not null,
  sha256 text not null,
  classification text not null,
  added_at timestamp with time zone not null,
  added_by uuid not null,
  added_role text not null,
  withdrawn_at timestamp with time zone,
  withdrawn_by uuid,
  withdrawn_because text,
  demo boolean not null default false,
  constraint evidence_check CHECK ((((withdrawn_at IS NULL) = (withdrawn_by IS NULL)) AND ((withdrawn_at IS NULL) = (withdrawn_because IS NULL)))),
  constraint evidence_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint evidence_pkey PRIMARY KEY (id),
  constraint evidence_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);
CREATE INDEX evidence_item ON public.evidence USING btree (item_id, added_at DESC, id DESC);
CREATE INDEX evidence_sha256 ON public.evidence USING btree (sha256);

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
  heartbeat_at timestamp with time zone,
  done integer not null default 0,
  cancel_asked boolean not null default false,
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

create table job_day (
  name text not null,
  last_on date not null,
  constraint job_day_pkey PRIMARY KEY (name)
);

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
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  constraint judgement_pkey PRIMARY KEY (id),
  constraint judgement_verdict_check CHECK ((verdict = ANY (ARRAY['consult-board'::text, 'proceed'::text, 'out-of-scope'::text])))
);
CREATE INDEX judgement_assessment ON public.judgement USING btree (assessment_id, made_at DESC);
CREATE TRIGGER judgement_append_only BEFORE DELETE OR UPDATE ON public.judgement FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER judgement_logged AFTER INSERT ON public.judgement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table legal_hold (
  id uuid not null,
  organisation_id uuid not null,
  item_kind text not null,
  item_id uuid not null,
  because text not null,
  placed_at timestamp with time zone not null,
  placed_by uuid not null,
  lifted_at timestamp with time zone,
  lifted_by uuid,
  lifted_because text,
  constraint legal_hold_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint legal_hold_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX legal_hold_once ON public.legal_hold USING btree (item_id) WHERE (lifted_at IS NULL);

create table log_checkpoint (
  size bigint not null,
  root bytea not null,
  note text not null,
  signed_at timestamp with time zone not null,
  constraint log_checkpoint_pkey PRIMARY KEY (size)
);
CREATE TRIGGER log_checkpoint_append_only BEFORE DELETE OR UPDATE ON public.log_checkpoint FOR EACH ROW EXECUTE FUNCTION refuse_always();

create table log_cosignature (
  size bigint not null,
  witness text not null,
  line text not null,
  witnessed_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  constraint log_cosignature_pkey PRIMARY KEY (size, witness),
  constraint log_cosignature_size_fkey FOREIGN KEY (size) REFERENCES log_checkpoint(size)
);
CREATE TRIGGER log_cosignature_append_only BEFORE DELETE OR UPDATE ON public.log_cosignature FOR EACH ROW EXECUTE FUNCTION refuse_always();

create table log_inbox (
  ord bigint not null,
  kind text not null,
  row_id uuid not null,
  commitment bytea not null,
  salt bytea,
  fields jsonb not null,
  put_at timestamp with time zone not null default clock_timestamp(),
  constraint log_inbox_pkey PRIMARY KEY (ord)
);

create table log_key (
  "position" integer not null,
  origin text not null,
  key_id text not null,
  public_key bytea not null,
  first_size bigint,
  last_size bigint,
  added_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  constraint log_key_key_id_key UNIQUE (key_id),
  constraint log_key_pkey PRIMARY KEY ("position")
);

create table log_leaf (
  idx bigint not null,
  kind text not null,
  row_id uuid not null,
  leaf text not null,
  salt bytea,
  constraint log_leaf_pkey PRIMARY KEY (idx)
);
CREATE UNIQUE INDEX log_leaf_row ON public.log_leaf USING btree (kind, row_id) WHERE (salt IS NOT NULL);
CREATE INDEX log_leaf_withheld ON public.log_leaf USING btree (kind, row_id) WHERE (salt IS NULL);
CREATE TRIGGER log_leaf_append_only BEFORE DELETE OR UPDATE ON public.log_leaf FOR EACH ROW EXECUTE FUNCTION refuse_other_leaf();

create table log_pseudonym (
  person_id uuid not null,
  pseudonym text not null,
  constraint log_pseudonym_pkey PRIMARY KEY (person_id),
  constraint log_pseudonym_pseudonym_key UNIQUE (pseudonym)
);

create table log_tile (
  level smallint not null,
  n bigint not null,
  hashes bytea not null,
  constraint log_tile_pkey PRIMARY KEY (level, n)
);

create table log_verification (
  id uuid not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  size bigint,
  root bytea,
  outcome text not null,
  findings jsonb not null default '[]'::jsonb,
  counts jsonb not null default '{}'::jsonb,
  started_by uuid,
  constraint log_verification_outcome_check CHECK ((outcome = ANY (ARRAY['running'::text, 'intact'::text, 'faulty'::text, 'failed'::text]))),
  constraint log_verification_pkey PRIMARY KEY (id)
);
CREATE INDEX log_verification_at ON public.log_verification USING btree (started_at DESC);

create table log_withheld (
  kind text not null,
  row_id uuid not null,
  withholding_id uuid not null,
  xid xid8 not null default pg_current_xact_id(),
  constraint log_withheld_pkey PRIMARY KEY (kind, row_id),
  constraint log_withheld_withholding_id_fkey FOREIGN KEY (withholding_id) REFERENCES log_withholding(id)
);

create table log_withholding (
  id uuid not null,
  at timestamp with time zone not null,
  actor_id uuid not null,
  actor_role text not null,
  organisation_id uuid not null,
  rule text not null,
  withheld_kind text not null,
  row_ids uuid[] not null,
  constraint log_withholding_pkey PRIMARY KEY (id)
);
CREATE TRIGGER log_withholding_append_only BEFORE DELETE OR UPDATE ON public.log_withholding FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER log_withholding_logged AFTER INSERT ON public.log_withholding REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table logout_token_seen (
  issuer text not null,
  jti text not null,
  expires_at timestamp with time zone not null,
  constraint logout_token_seen_pkey PRIMARY KEY (issuer, jti)
);

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

create table notification (
  id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null,
  role text,
  role_organisation_id uuid,
  kind text not null,
  item_kind text not null,
  item_id uuid not null,
  params jsonb not null,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  mail text not null,
  mailed_at timestamp with time zone,
  cause text not null,
  constraint notification_mail_check CHECK ((mail = ANY (ARRAY['at-once'::text, 'daily'::text, 'none'::text]))),
  constraint notification_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint notification_person_id_kind_cause_key UNIQUE (person_id, kind, cause),
  constraint notification_pkey PRIMARY KEY (id)
);
CREATE INDEX notification_person ON public.notification USING btree (person_id, created_at DESC, id DESC);
CREATE INDEX notification_to_mail ON public.notification USING btree (person_id) WHERE ((mail = 'daily'::text) AND (mailed_at IS NULL));
CREATE INDEX notification_unread ON public.notification USING btree (person_id) WHERE (read_at IS NULL);

create table notification_choice (
  person_id uuid not null,
  kind text not null,
  mail text not null,
  constraint notification_choice_mail_check CHECK ((mail = ANY (ARRAY['at-once'::text, 'daily'::text, 'none'::text]))),
  constraint notification_choice_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint notification_choice_pkey PRIMARY KEY (person_id, kind)
);

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
  mail text,
  language text not null default 'ja'::text,
  user_name text,
  external_id text,
  disabled_at timestamp with time zone,
  disabled_by uuid,
  erased_at timestamp with time zone,
  version integer not null default 1,
  updated_at timestamp with time zone,
  constraint person_language_check CHECK ((language = ANY (ARRAY['ja'::text, 'en'::text]))),
  constraint person_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint person_pkey PRIMARY KEY (id)
);
CREATE INDEX person_external_id ON public.person USING btree (external_id) WHERE (external_id IS NOT NULL);
CREATE INDEX person_organisation ON public.person USING btree (organisation_id);
CREATE UNIQUE INDEX person_user_name ON public.person USING btree (lower(user_name)) WHERE (user_name IS NOT NULL);

create table person_identity (
  issuer text not null,
  subject text not null,
  person_id uuid not null,
  created_at timestamp with time zone not null,
  last_sign_in_at timestamp with time zone not null,
  constraint person_identity_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint person_identity_pkey PRIMARY KEY (issuer, subject)
);
CREATE INDEX person_identity_person ON public.person_identity USING btree (person_id);

create table rate_count (
  key_hash text not null,
  window_start timestamp with time zone not null,
  hits integer not null,
  constraint rate_count_pkey PRIMARY KEY (key_hash, window_start)
);

create table retention_run (
  id uuid not null,
  at timestamp with time zone not null,
  rules_digest text not null,
  counts jsonb not null,
  files integer not null,
  file_bytes bigint not null,
  constraint retention_run_pkey PRIMARY KEY (id)
);
CREATE INDEX retention_run_at ON public.retention_run USING btree (at DESC);

create table role_change (
  id uuid not null,
  at timestamp with time zone not null,
  type text not null,
  role_held_id uuid not null,
  person_id uuid not null,
  item_kind text not null default 'person'::text,
  item_id uuid default person_id,
  deputy_id uuid,
  role text not null,
  organisation_id uuid not null,
  supplier_id uuid,
  from_date date not null,
  to_date date,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid,
  constraint role_change_pkey PRIMARY KEY (id),
  constraint role_change_type_check CHECK ((type = ANY (ARRAY['given'::text, 'ended'::text, 'deputy-named'::text, 'deputy-ended'::text])))
);
CREATE INDEX role_change_person ON public.role_change USING btree (person_id, at DESC);
CREATE TRIGGER role_change_append_only BEFORE DELETE OR UPDATE ON public.role_change FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER role_change_logged AFTER INSERT ON public.role_change REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table role_held (
  person_id uuid not null,
  role text not null,
  organisation_id uuid not null,
  from_date date not null,
  to_date date,
  created_by uuid not null,
  provider text,
  id uuid not null default gen_random_uuid(),
  supplier_id uuid,
  constraint role_held_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint role_held_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint role_held_pkey PRIMARY KEY (id),
  constraint role_held_role_check CHECK ((role = ANY (ARRAY['caio'::text, 'caio-office'::text, 'planner'::text, 'provider'::text, 'user'::text, 'board'::text, 'secretariat'::text, 'desk'::text, 'administrator'::text, 'auditor'::text, 'supplier'::text]))),
  constraint role_held_span CHECK (((to_date IS NULL) OR (to_date >= from_date))),
  constraint role_held_supplier CHECK (((supplier_id IS NULL) OR (role = 'supplier'::text))),
  constraint role_held_supplier_id_fkey FOREIGN KEY (supplier_id) REFERENCES supplier(id) ON DELETE CASCADE
);
CREATE INDEX role_held_organisation ON public.role_held USING btree (organisation_id, role);
CREATE INDEX role_held_person ON public.role_held USING btree (person_id);

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
  id uuid not null default gen_random_uuid(),
  on_behalf_of uuid,
  supplier_id uuid,
  provider text,
  issuer text,
  subject text,
  provider_session text,
  id_token text,
  browser text not null default 'other'::text,
  system text not null default 'other'::text,
  constraint session_id_unique UNIQUE (id),
  constraint session_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint session_pkey PRIMARY KEY (id_hash)
);
CREATE INDEX session_person ON public.session USING btree (person_id);
CREATE INDEX session_provider ON public.session USING btree (issuer, subject);

create table setting (
  name text not null,
  value jsonb not null,
  updated_at timestamp with time zone not null,
  updated_by uuid not null,
  constraint setting_pkey PRIMARY KEY (name)
);

create table sign_in_attempt (
  state_hash text not null,
  binding_hash text not null,
  provider text not null,
  nonce text not null,
  verifier text not null,
  next_path text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint sign_in_attempt_pkey PRIMARY KEY (state_hash)
);
CREATE INDEX sign_in_attempt_expires ON public.sign_in_attempt USING btree (expires_at);

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

create table table_isolation (
  name text not null,
  kind text not null,
  because text,
  constraint table_isolation_kind_check CHECK ((kind = ANY (ARRAY['ministry'::text, 'own'::text, 'system'::text, 'common'::text]))),
  constraint table_isolation_pkey PRIMARY KEY (name)
);

create table table_privilege (
  name text not null,
  privileges text not null,
  constraint table_privilege_pkey PRIMARY KEY (name)
);

create table use_listing (
  use_id uuid not null,
  organisation_id uuid not null,
  updated_at timestamp with time zone not null,
  sort_name text not null,
  sort_organisation text not null,
  stage_order smallint not null,
  verdict_order smallint not null,
  facets integer[] not null,
  sharing text not null default 'ministry'::text,
  constraint use_listing_pkey PRIMARY KEY (use_id),
  constraint use_listing_use_id_fkey FOREIGN KEY (use_id) REFERENCES ai_use(id) ON DELETE CASCADE
);
CREATE INDEX use_listing_facets ON public.use_listing USING gin (facets) WITH (gin_pending_list_limit='1024');
CREATE INDEX use_listing_name ON public.use_listing USING btree (sort_name, use_id);
CREATE INDEX use_listing_organisation ON public.use_listing USING btree (sort_organisation, use_id);
CREATE INDEX use_listing_stage ON public.use_listing USING btree (stage_order, use_id);
CREATE INDEX use_listing_updated ON public.use_listing USING btree (updated_at, use_id);
CREATE INDEX use_listing_verdict ON public.use_listing USING btree (verdict_order, use_id);
CREATE TRIGGER use_listing_sharing BEFORE INSERT ON public.use_listing FOR EACH ROW EXECUTE FUNCTION sharing_of_use();

create table use_text (
  use_id uuid not null,
  organisation_id uuid not null,
  search_key text not null,
  grams integer[] not null,
  sharing text not null default 'ministry'::text,
  constraint use_text_pkey PRIMARY KEY (use_id),
  constraint use_text_use_id_fkey FOREIGN KEY (use_id) REFERENCES ai_use(id) ON DELETE CASCADE
);
CREATE INDEX use_text_grams ON public.use_text USING gin (grams) WITH (gin_pending_list_limit='1024');
CREATE TRIGGER use_text_sharing BEFORE INSERT ON public.use_text FOR EACH ROW EXECUTE FUNCTION sharing_of_use();

create table webhook (
  id uuid not null,
  organisation_id uuid not null,
  url text not null,
  events text[] not null,
  state text not null,
  failures integer not null default 0,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  updated_at timestamp with time zone not null,
  updated_by uuid not null,
  constraint webhook_events_check CHECK ((cardinality(events) > 0)),
  constraint webhook_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint webhook_pkey PRIMARY KEY (id),
  constraint webhook_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'failing'::text])))
);
CREATE INDEX webhook_organisation ON public.webhook USING btree (organisation_id);

create table webhook_delivery (
  id uuid not null,
  webhook_id uuid not null,
  organisation_id uuid not null,
  event_id uuid not null,
  type text not null,
  body text not null,
  state text not null,
  tries integer not null default 0,
  status integer,
  reason text,
  created_at timestamp with time zone not null,
  last_try_at timestamp with time zone,
  constraint webhook_delivery_pkey PRIMARY KEY (id),
  constraint webhook_delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text]))),
  constraint webhook_delivery_webhook_id_event_id_key UNIQUE (webhook_id, event_id),
  constraint webhook_delivery_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhook(id) ON DELETE CASCADE
);
CREATE INDEX webhook_delivery_webhook ON public.webhook_delivery USING btree (webhook_id, created_at DESC, id DESC);

create table webhook_secret (
  webhook_id uuid not null,
  secret text not null,
  constraint webhook_secret_pkey PRIMARY KEY (webhook_id),
  constraint webhook_secret_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhook(id) ON DELETE CASCADE
);

CREATE OR REPLACE FUNCTION public.append_only(tbl text)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into table_privilege (name, privileges) values (tbl, 'select, insert')
$function$;

CREATE OR REPLACE FUNCTION public.common_grams()
 RETURNS TABLE(gram integer, part double precision)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select e.gram, e.part from pg_stats s, unnest(s.most_common_elems::text::int[], s.most_common_elem_freqs::float8[]) as e(gram, part)
    where s.schemaname = 'public' and s.tablename = 'use_text' and s.attname = 'grams' and e.gram is not null $function$;

CREATE OR REPLACE FUNCTION public.isolate(tbl text)
 RETURNS void
 LANGUAGE sql
AS $function$
  select isolate_by(tbl, 'organisation_id in (select organisations_read())', 'organisation_id in (select organisations_written())')
$function$;

CREATE OR REPLACE FUNCTION public.isolate_by(tbl text, readable text, writable text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('alter table %I enable row level security', tbl);
  execute format('create policy reading on %I for select using ((select scope_is(''reads'', ''everything'')) or (%s))', tbl, readable);
  execute format('create policy adding on %I for insert with check ((select scope_is(''writes'', ''everything'')) or (%s))', tbl, writable);
  execute format('create policy changing on %I for update using ((select scope_is(''writes'', ''everything'')) or (%s))', tbl, writable);
  execute format('create policy removing on %I for delete using ((select scope_is(''writes'', ''everything'')) or (%s))', tbl, writable);
  insert into table_isolation (name, kind) values (tbl, 'ministry')
    on conflict (name) do update set kind = excluded.kind;
end $function$;

CREATE OR REPLACE FUNCTION public.isolate_own(tbl text)
 RETURNS void
 LANGUAGE sql
AS $function$
  select isolate_by(tbl, 'person_id = (select scope_id(''person''))', 'person_id = (select scope_id(''person''))');
  update table_isolation set kind = 'own' where name = tbl
$function$;

CREATE OR REPLACE FUNCTION public.isolate_shared(tbl text)
 RETURNS void
 LANGUAGE sql
AS $function$
  select isolate_by(tbl, 'organisation_id in (select organisations_held())
    or sharing <> ''restricted'' and organisation_id in (select organisations_read())
    or sharing = ''government'' and (select scope_is(''shared'', ''yes''))',
    'organisation_id in (select organisations_written())')
$function$;

CREATE OR REPLACE FUNCTION public.isolate_system(tbl text)
 RETURNS void
 LANGUAGE sql
AS $function$
  select isolate_by(tbl, 'false', 'false');
  update table_isolation set kind = 'system' where name = tbl
$function$;

CREATE OR REPLACE FUNCTION public.isolate_with(tbl text, seen text)
 RETURNS void
 LANGUAGE sql
AS $function$
  select isolate_by(tbl, 'organisation_id in (select organisations_held()) or ' || seen,
    'organisation_id in (select organisations_written())')
$function$;

CREATE OR REPLACE FUNCTION public.log_fields(kind text, r jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select case kind
    when 'audit_entry' then jsonb_build_object('at', r -> 'at', 'actor', r -> 'actor_id', 'role', r -> 'actor_role',
      'organisation', r -> 'organisation_id', 'type', r -> 'type', 'itemKind', r -> 'item_kind', 'item', r -> 'item_id')
    when 'change' then jsonb_build_object('at', r -> 'at', 'actor', r -> 'actor_id', 'role', r -> 'actor_role',
      'organisation', r -> 'organisation_id', 'type', r -> 'kind', 'itemKind', 'ai-system', 'item', r -> 'system_id')
    when 'assessment' then jsonb_build_object('at', r -> 'made_at', 'actor', r -> 'made_by', 'role', r -> 'made_role',
      'organisation', r -> 'organisation_id', 'itemKind', 'ai-use', 'item', r -> 'use_id', 'catalog', r -> 'catalog',
      'edition', r -> 'edition', 'digest', r -> 'digest', 'decision', r -> 'outcome')
    when 'judgement' then jsonb_build_object('at', r -> 'made_at', 'actor', r -> 'made_by', 'role', r -> 'made_role',
      'organisation', r -> 'organisation_id', 'itemKind', 'assessment', 'item', r -> 'assessment_id', 'decision', r -> 'verdict')
    when 'log_withholding' then jsonb_build_object('at', r -> 'at', 'actor', r -> 'actor_id', 'role', r -> 'actor_role',
      'organisation', r -> 'organisation_id', 'type', r -> 'rule')
    else jsonb_strip_nulls(jsonb_build_object('at', r -> 'at', 'actor', r -> 'actor_id', 'role', r -> 'actor_role',
      'organisation', r -> 'organisation_id', 'type', r -> 'type', 'itemKind', r -> 'item_kind', 'item', r -> 'item_id',
      'catalog', r -> 'catalog', 'edition', r -> 'edition', 'digest', r -> 'digest', 'decision', r -> 'decision')) end
$function$;

CREATE OR REPLACE FUNCTION public.log_kinds()
 RETURNS SETOF text
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select distinct c.relname::text from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where t.tgfoid = 'log_row'::regproc and not t.tgisinternal order by 1
$function$;

CREATE OR REPLACE FUNCTION public.log_row()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET "TimeZone" TO 'UTC'
AS $function$
begin
  if tg_level = 'STATEMENT' then
    insert into log_inbox (kind, row_id, salt, commitment, fields)
    select tg_table_name, s.id, s.salt, sha256(s.salt || convert_to(log_text(s.r), 'UTF8')), log_fields(tg_table_name, s.r)
    from (select n.id, to_jsonb(n) as r, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) as salt
      from new_rows n offset 0) s;
  else
    insert into log_inbox (kind, row_id, salt, commitment, fields)
    select tg_table_name, new.id, s.salt, sha256(s.salt || convert_to(log_text(s.r), 'UTF8')), log_fields(tg_table_name, s.r)
    from (select to_jsonb(new) as r, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) as salt offset 0) s;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.log_text(r jsonb)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select case when jsonb_path_exists(r, '$.* ? (@ == null)')
    then (select coalesce(jsonb_object_agg(e.key, e.value), '{}')::text from jsonb_each(r) e where e.value <> 'null'::jsonb)
    else r::text end
$function$;

CREATE OR REPLACE FUNCTION public.no_ministry_data(tbl text, because text)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into table_isolation (name, kind, because) values (tbl, 'common', because)
$function$;

CREATE OR REPLACE FUNCTION public.organisations_held()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select id from organisation where path @> array[scope_id('organisation')]
    and not scope_is('reads', 'nothing') and not scope_is('reads', 'all') $function$;

CREATE OR REPLACE FUNCTION public.organisations_read()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select o.id from organisation o where case coalesce(current_setting('tenbin.reads', true), '')
    when 'held' then o.path @> array[scope_id('organisation')]
    when 'ministry' then o.path[1] = (select h.path[1] from organisation h where h.id = scope_id('organisation'))
    when 'all' then true else false end $function$;

CREATE OR REPLACE FUNCTION public.organisations_written()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select id from organisation where path @> array[scope_id('organisation')] and scope_is('writes', 'held') $function$;

CREATE OR REPLACE FUNCTION public.refuse_always()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'append-only: % may not be changed or removed', tg_table_name using errcode = 'insufficient_privilege';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  listed boolean;
begin
  if tg_op = 'DELETE' and to_regclass('log_withheld') is not null then
    select exists (select 1 from log_withheld w
      where w.kind = tg_table_name and w.row_id = old.id and w.xid = pg_current_xact_id_if_assigned()) into listed;
    if listed then
      return old;
    end if;
  end if;
  raise exception 'append-only: % may not be changed or removed', tg_table_name using errcode = 'insufficient_privilege';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_other_leaf()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and new.salt is null and (new.idx, new.kind, new.row_id, new.leaf) = (old.idx, old.kind, old.row_id, old.leaf) then
    return new;
  end if;
  raise exception 'append-only: log_leaf may not be changed or removed' using errcode = 'insufficient_privilege';
end $function$;

CREATE OR REPLACE FUNCTION public.roles_on(of_person uuid, on_day date)
 RETURNS TABLE(role text, organisation_id uuid, on_behalf_of uuid, supplier_id uuid, from_date date, to_date date)
 LANGUAGE sql
 STABLE
AS $function$
  select h.role, h.organisation_id, null::uuid, h.supplier_id, h.from_date, h.to_date
  from role_held h join person p on p.id = h.person_id
  where h.person_id = of_person and p.disabled_at is null
    and h.from_date <= on_day and (h.to_date is null or h.to_date >= on_day)
  union all
  select h.role, h.organisation_id, h.person_id, h.supplier_id, d.from_date, least(d.to_date, h.to_date)
  from deputy d join role_held h on h.id = d.role_held_id join person p on p.id = d.person_id
  where d.person_id = of_person and p.disabled_at is null and d.from_date <= on_day and d.to_date >= on_day
    and h.from_date <= on_day and (h.to_date is null or h.to_date >= on_day)
$function$;

CREATE OR REPLACE FUNCTION public.scope_exists()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('tenbin.reads', true), '') not in ('', 'nothing') or scope_id('person') is not null $function$;

CREATE OR REPLACE FUNCTION public.scope_id(setting text)
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('tenbin.' || setting, true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION public.scope_is(setting text, value text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('tenbin.' || setting, true), '') = value $function$;

CREATE OR REPLACE FUNCTION public.sharing_of_use()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_table_name = 'ai_use' then
    select sharing into new.sharing from ai_system where id = new.system_id;
  else
    select sharing into new.sharing from ai_use where id = new.use_id;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.sharing_passed_on()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update use_listing set sharing = new.sharing where use_id in (select id from ai_use where system_id = new.id);
  update use_text set sharing = new.sharing where use_id in (select id from ai_use where system_id = new.id);
  update ai_use set sharing = new.sharing where system_id = new.id;
  return null;
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

CREATE OR REPLACE FUNCTION public.withhold(of_kind text, ids uuid[], because text, entry_id uuid, done_at timestamp with time zone, by_id uuid, by_role text, by_organisation uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  there uuid[];
begin
  if of_kind = 'log_withholding' or of_kind not in (select log_kinds()) then
    raise exception 'withhold: % is not a history table', of_kind using errcode = 'invalid_parameter_value';
  end if;
  execute format('select array_agg(t.id order by t.id) from %I t where t.id = any($1)%s', of_kind,
    case of_kind when 'audit_entry' then ' and t.type not like ''log.%''' else '' end) into there using ids;
  if there is null then
    return 0;
  end if;
  insert into log_withholding (id, at, actor_id, actor_role, organisation_id, rule, withheld_kind, row_ids)
    values (entry_id, done_at, by_id, by_role, by_organisation, because, of_kind, there);
  insert into log_withheld (kind, row_id, withholding_id) select of_kind, unnest(there), entry_id
    on conflict (kind, row_id) do update set withholding_id = excluded.withholding_id, xid = excluded.xid;
  execute format('delete from %I where id = any($1)', of_kind) using there;
  -- In this order: whoever gives a leaf its place in between has done so before the second statement looks.
  update log_inbox set salt = null where kind = of_kind and row_id = any(there) and salt is not null;
  update log_leaf set salt = null where kind = of_kind and row_id = any(there) and salt is not null;
  return cardinality(there);
end $function$;
