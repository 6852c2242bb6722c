-- Dumped from the migrations; checked by test/drift.test.ts. Do not edit: `npm run dump`.

create table acknowledged (
  rule_id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null,
  version_id uuid not null,
  number integer not null,
  at timestamp with time zone not null,
  constraint acknowledged_pkey PRIMARY KEY (rule_id, person_id),
  constraint acknowledged_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES user_rule(id) ON DELETE CASCADE
);
CREATE INDEX acknowledged_person ON public.acknowledged USING btree (person_id);
CREATE TRIGGER acknowledged_added AFTER INSERT ON public.acknowledged REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION acknowledged_counted();
CREATE TRIGGER acknowledged_changed AFTER UPDATE ON public.acknowledged REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION acknowledged_counted();
CREATE TRIGGER acknowledged_removed AFTER DELETE ON public.acknowledged REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION acknowledged_counted();

create table acknowledged_count (
  rule_id uuid not null,
  organisation_id uuid not null,
  number integer not null,
  since date not null,
  until date not null,
  n integer not null,
  constraint acknowledged_count_pkey PRIMARY KEY (rule_id, organisation_id, number, since, until)
);

create table acknowledgement (
  id uuid not null,
  at timestamp with time zone not null,
  person_id uuid not null,
  organisation_id uuid not null,
  rule_id uuid not null,
  version_id uuid not null,
  number integer not null,
  digest text not null,
  questions integer not null default 0,
  type text not null default 'acknowledged'::text,
  item_kind text not null default 'rule-version'::text,
  item_id uuid default version_id,
  actor_id uuid default person_id,
  actor_role text not null,
  constraint acknowledgement_person_id_version_id_key UNIQUE (person_id, version_id),
  constraint acknowledgement_pkey PRIMARY KEY (id)
);
CREATE INDEX acknowledgement_version ON public.acknowledgement USING btree (version_id);
CREATE TRIGGER acknowledgement_append_only BEFORE DELETE OR UPDATE ON public.acknowledgement FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER acknowledgement_logged AFTER INSERT ON public.acknowledgement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table acknowledgement_reminder (
  id uuid not null,
  at timestamp with time zone not null,
  on_day date not null,
  rule_id uuid not null,
  version_id uuid not null,
  organisation_id uuid not null,
  people integer not null,
  asked_by uuid not null,
  constraint acknowledgement_reminder_pkey PRIMARY KEY (id),
  constraint acknowledgement_reminder_version_id_organisation_id_on_day_key UNIQUE (version_id, organisation_id, on_day)
);

create table advice (
  id uuid not null,
  case_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  state text not null default 'draft'::text,
  text_ja text not null default ''::text,
  text_en text not null default ''::text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  updated_at timestamp with time zone not null,
  updated_by uuid not null,
  adopted_at timestamp with time zone,
  adopted_by uuid,
  demo boolean not null default false,
  constraint advice_case_id_fkey FOREIGN KEY (case_id) REFERENCES board_case(id) ON DELETE CASCADE,
  constraint advice_case_id_key UNIQUE (case_id),
  constraint advice_check CHECK ((((state = 'adopted'::text) = (adopted_at IS NOT NULL)) AND ((adopted_at IS NULL) = (adopted_by IS NULL)))),
  constraint advice_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint advice_pkey PRIMARY KEY (id),
  constraint advice_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'adopted'::text]))),
  constraint advice_system_id_fkey FOREIGN KEY (system_id) REFERENCES ai_system(id) ON DELETE CASCADE
);
CREATE INDEX advice_system ON public.advice USING btree (system_id);

create table advice_adoption (
  id uuid not null,
  at timestamp with time zone not null,
  type text not null default 'adopted'::text,
  advice_id uuid not null,
  case_id uuid not null,
  item_kind text not null default 'board-case'::text,
  item_id uuid default case_id,
  organisation_id uuid not null,
  content text not null,
  digest text not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  demo boolean not null default false,
  constraint advice_adoption_advice_id_key UNIQUE (advice_id),
  constraint advice_adoption_check CHECK ((digest = encode(sha256(convert_to(content, 'UTF8'::name)), 'hex'::text))),
  constraint advice_adoption_pkey PRIMARY KEY (id),
  constraint advice_adoption_type_check CHECK ((type = 'adopted'::text))
);
CREATE INDEX advice_adoption_case ON public.advice_adoption USING btree (case_id);
CREATE TRIGGER advice_adoption_append_only BEFORE DELETE OR UPDATE ON public.advice_adoption FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER advice_adoption_logged AFTER INSERT ON public.advice_adoption REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table advice_condition (
  id uuid not null,
  advice_id uuid not null,
  case_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  "position" integer not null,
  text_ja text not null,
  text_en text not null default ''::text,
  effect text not null,
  stage text not null,
  owner_organisation_id uuid not null,
  owner_unit text not null default ''::text,
  due_on date,
  evidence_wanted text not null default ''::text,
  binding boolean not null default false,
  state text not null default 'open'::text,
  number integer not null default 1,
  change_asked text,
  change_asked_at timestamp with time zone,
  binding_since timestamp with time zone,
  reported_at timestamp with time zone,
  settled_at timestamp with time zone,
  version integer not null default 1,
  updated_at timestamp with time zone not null,
  updated_by uuid not null,
  demo boolean not null default false,
  constraint advice_condition_advice_id_fkey FOREIGN KEY (advice_id) REFERENCES advice(id) ON DELETE CASCADE,
  constraint advice_condition_case_id_fkey FOREIGN KEY (case_id) REFERENCES board_case(id) ON DELETE CASCADE,
  constraint advice_condition_check CHECK ((binding OR (state = 'open'::text))),
  constraint advice_condition_check1 CHECK ((binding = (binding_since IS NOT NULL))),
  constraint advice_condition_check2 CHECK (((change_asked IS NULL) = (change_asked_at IS NULL))),
  constraint advice_condition_check3 CHECK (((state <> 'reported'::text) OR (reported_at IS NOT NULL))),
  constraint advice_condition_effect_check CHECK ((effect = ANY (ARRAY['blocks'::text, 'warns'::text]))),
  constraint advice_condition_number_check CHECK ((number > 0)),
  constraint advice_condition_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint advice_condition_owner_organisation_id_fkey FOREIGN KEY (owner_organisation_id) REFERENCES organisation(id),
  constraint advice_condition_pkey PRIMARY KEY (id),
  constraint advice_condition_stage_check CHECK ((stage = ANY (ARRAY['procurement'::text, 'build-test'::text, 'operation'::text]))),
  constraint advice_condition_state_check CHECK ((state = ANY (ARRAY['open'::text, 'reported'::text, 'met'::text, 'withdrawn'::text]))),
  constraint advice_condition_system_id_fkey FOREIGN KEY (system_id) REFERENCES ai_system(id) ON DELETE CASCADE,
  constraint advice_condition_text_ja_check CHECK ((length(TRIM(BOTH FROM text_ja)) > 0))
);
CREATE INDEX advice_condition_case ON public.advice_condition USING btree (case_id, "position");
CREATE INDEX advice_condition_open ON public.advice_condition USING btree (organisation_id, due_on) WHERE (binding AND (state = ANY (ARRAY['open'::text, 'reported'::text])));
CREATE INDEX advice_condition_system ON public.advice_condition USING btree (system_id) WHERE binding;
CREATE TRIGGER advice_condition_holds_step BEFORE INSERT OR DELETE OR UPDATE ON public.advice_condition FOR EACH ROW EXECUTE FUNCTION holds_step();

create table advice_condition_event (
  id uuid not null,
  at timestamp with time zone not null,
  type text not null,
  condition_id uuid not null,
  case_id uuid not null,
  item_kind text not null default 'condition'::text,
  item_id uuid default condition_id,
  organisation_id uuid not null,
  number integer not null,
  words text not null default ''::text,
  content jsonb,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  demo boolean not null default false,
  constraint advice_condition_event_check CHECK (((type = ANY (ARRAY['bound'::text, 'changed'::text])) = (content IS NOT NULL))),
  constraint advice_condition_event_number_check CHECK ((number > 0)),
  constraint advice_condition_event_pkey PRIMARY KEY (id),
  constraint advice_condition_event_type_check CHECK ((type = ANY (ARRAY['bound'::text, 'reported'::text, 'sent-back'::text, 'met'::text, 'change-asked'::text, 'changed'::text, 'change-refused'::text, 'withdrawn'::text])))
);
CREATE INDEX advice_condition_event_condition ON public.advice_condition_event USING btree (condition_id, at, id);
CREATE TRIGGER advice_condition_event_append_only BEFORE DELETE OR UPDATE ON public.advice_condition_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER advice_condition_event_logged AFTER INSERT ON public.advice_condition_event REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table advice_publication (
  id uuid not null,
  at timestamp with time zone not null,
  type text not null,
  advice_id uuid not null,
  case_id uuid not null,
  item_kind text not null default 'board-case'::text,
  item_id uuid default case_id,
  organisation_id uuid not null,
  entry_id uuid not null,
  content text not null default ''::text,
  withheld jsonb not null default '[]'::jsonb,
  words text not null default ''::text,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  demo boolean not null default false,
  constraint advice_publication_pkey PRIMARY KEY (id),
  constraint advice_publication_type_check CHECK ((type = ANY (ARRAY['published'::text, 'taken-back'::text])))
);
CREATE INDEX advice_publication_case ON public.advice_publication USING btree (case_id, at DESC);
CREATE TRIGGER advice_publication_append_only BEFORE DELETE OR UPDATE ON public.advice_publication FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER advice_publication_logged AFTER INSERT ON public.advice_publication REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

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

create table award (
  procurement_id uuid not null,
  bidder_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  reason text not null,
  at timestamp with time zone not null,
  by uuid not null,
  constraint award_bidder_id_fkey FOREIGN KEY (bidder_id) REFERENCES bidder(id) ON DELETE CASCADE,
  constraint award_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint award_pkey PRIMARY KEY (procurement_id),
  constraint award_procurement_id_fkey FOREIGN KEY (procurement_id) REFERENCES procurement(id) ON DELETE CASCADE,
  constraint award_reason_check CHECK ((length(TRIM(BOTH FROM reason)) > 0))
);

create table bidder (
  id uuid not null,
  procurement_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  supplier_id uuid not null,
  label text not null,
  contact_name text not null,
  contact_mail text not null,
  deadline timestamp with time zone not null,
  state text not null default 'invited'::text,
  handed_in integer not null default 0,
  handed_in_at timestamp with time zone,
  reminded_for timestamp with time zone,
  invited_at timestamp with time zone not null,
  invited_by uuid not null,
  version integer not null default 1,
  updated_at timestamp with time zone not null,
  constraint bidder_check CHECK (((handed_in = 0) = (handed_in_at IS NULL))),
  constraint bidder_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint bidder_pkey PRIMARY KEY (id),
  constraint bidder_procurement_id_fkey FOREIGN KEY (procurement_id) REFERENCES procurement(id) ON DELETE CASCADE,
  constraint bidder_procurement_id_label_key UNIQUE (procurement_id, label),
  constraint bidder_procurement_id_supplier_id_key UNIQUE (procurement_id, supplier_id),
  constraint bidder_state_check CHECK ((state = ANY (ARRAY['invited'::text, 'answering'::text, 'handed-in'::text, 'withdrawn'::text, 'awarded'::text, 'ended'::text]))),
  constraint bidder_supplier_id_fkey FOREIGN KEY (supplier_id) REFERENCES supplier(id)
);
CREATE INDEX bidder_deadline ON public.bidder USING btree (deadline) WHERE (state = ANY (ARRAY['invited'::text, 'answering'::text]));
CREATE INDEX bidder_supplier ON public.bidder USING btree (supplier_id);

create table bidder_answer (
  id uuid not null,
  bidder_id uuid not null,
  procurement_id uuid not null,
  organisation_id uuid not null,
  supplier_id uuid not null,
  item text not null,
  fulfils text,
  text text not null default ''::text,
  tender_item_id uuid,
  taken_from jsonb,
  version integer not null default 1,
  updated_at timestamp with time zone not null,
  updated_by uuid not null,
  constraint bidder_answer_bidder_id_fkey FOREIGN KEY (bidder_id) REFERENCES bidder(id) ON DELETE CASCADE,
  constraint bidder_answer_bidder_id_item_key UNIQUE (bidder_id, item),
  constraint bidder_answer_check CHECK (((fulfils IS NULL) OR (tender_item_id IS NOT NULL))),
  constraint bidder_answer_fulfils_check CHECK ((fulfils = ANY (ARRAY['yes'::text, 'partly'::text, 'no'::text]))),
  constraint bidder_answer_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint bidder_answer_pkey PRIMARY KEY (id),
  constraint bidder_answer_procurement_id_fkey FOREIGN KEY (procurement_id) REFERENCES procurement(id) ON DELETE CASCADE,
  constraint bidder_answer_supplier_id_fkey FOREIGN KEY (supplier_id) REFERENCES supplier(id),
  constraint bidder_answer_tender_item_id_fkey FOREIGN KEY (tender_item_id) REFERENCES tender_item(id) ON DELETE CASCADE
);
CREATE INDEX bidder_answer_procurement ON public.bidder_answer USING btree (procurement_id);

create table bidder_answer_change (
  id uuid not null,
  at timestamp with time zone not null,
  type text not null,
  bidder_id uuid not null,
  procurement_id uuid not null,
  organisation_id uuid not null,
  supplier_id uuid not null,
  item_kind text not null default 'bidder'::text,
  item_id uuid default bidder_id,
  item text,
  version integer,
  fulfils text,
  text text,
  taken_from jsonb,
  handing_in integer,
  digest text,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  constraint bidder_answer_change_pkey PRIMARY KEY (id),
  constraint bidder_answer_change_type_check CHECK ((type = ANY (ARRAY['answer-saved'::text, 'handed-in'::text])))
);
CREATE INDEX bidder_answer_change_bidder ON public.bidder_answer_change USING btree (bidder_id, at DESC, id DESC);
CREATE TRIGGER bidder_answer_change_append_only BEFORE DELETE OR UPDATE ON public.bidder_answer_change FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bidder_answer_change_logged AFTER INSERT ON public.bidder_answer_change REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table bidder_contact (
  bidder_id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null,
  way text not null,
  added_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  constraint bidder_contact_bidder_id_fkey FOREIGN KEY (bidder_id) REFERENCES bidder(id) ON DELETE CASCADE,
  constraint bidder_contact_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint bidder_contact_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint bidder_contact_pkey PRIMARY KEY (bidder_id, person_id),
  constraint bidder_contact_way_check CHECK ((way = ANY (ARRAY['link'::text, 'sign-in'::text])))
);
CREATE INDEX bidder_contact_person ON public.bidder_contact USING btree (person_id);

create table board_case (
  id uuid not null,
  number text,
  system_id uuid not null,
  organisation_id uuid not null,
  title text not null,
  parties jsonb not null default '[]'::jsonb,
  state text not null default 'preparing'::text,
  meeting_id uuid,
  dossier_id uuid,
  dossier_version integer not null default 0,
  opinions_to_ministry text not null default 'submitted'::text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  submitted_at timestamp with time zone,
  submitted_by uuid,
  withdrawn_at timestamp with time zone,
  withdrawn_because text,
  advised_at timestamp with time zone,
  updated_at timestamp with time zone not null,
  demo boolean not null default false,
  constraint board_case_check CHECK (((number IS NULL) = (submitted_at IS NULL))),
  constraint board_case_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES board_meeting(id) ON DELETE SET NULL,
  constraint board_case_number_key UNIQUE (number),
  constraint board_case_opinions_to_ministry_check CHECK ((opinions_to_ministry = ANY (ARRAY['submitted'::text, 'advised'::text]))),
  constraint board_case_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint board_case_pkey PRIMARY KEY (id),
  constraint board_case_state_check CHECK ((state = ANY (ARRAY['preparing'::text, 'submitted'::text, 'withdrawn'::text, 'advised'::text]))),
  constraint board_case_system_id_fkey FOREIGN KEY (system_id) REFERENCES ai_system(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX board_case_open ON public.board_case USING btree (system_id) WHERE (state = ANY (ARRAY['preparing'::text, 'submitted'::text, 'withdrawn'::text]));
CREATE INDEX board_case_organisation ON public.board_case USING btree (organisation_id);
CREATE INDEX board_case_state ON public.board_case USING btree (state, submitted_at);
CREATE INDEX board_case_updated ON public.board_case USING btree (updated_at DESC, id DESC);
CREATE TRIGGER board_case_holds_step BEFORE INSERT OR DELETE OR UPDATE ON public.board_case FOR EACH ROW EXECUTE FUNCTION holds_step();

create table board_declaration (
  id uuid not null,
  at timestamp with time zone not null,
  type text not null,
  case_id uuid not null,
  item_kind text not null default 'board-case'::text,
  item_id uuid default case_id,
  organisation_id uuid not null,
  person_id uuid not null,
  words text not null default ''::text,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  demo boolean not null default false,
  constraint board_declaration_pkey PRIMARY KEY (id),
  constraint board_declaration_type_check CHECK ((type = ANY (ARRAY['no-interest'::text, 'interest'::text, 'recused'::text, 'readmitted'::text])))
);
CREATE INDEX board_declaration_case ON public.board_declaration USING btree (case_id, person_id, at DESC, id DESC);
CREATE TRIGGER board_declaration_append_only BEFORE DELETE OR UPDATE ON public.board_declaration FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER board_declaration_logged AFTER INSERT ON public.board_declaration REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table board_dossier (
  id uuid not null,
  at timestamp with time zone not null,
  type text not null default 'submitted'::text,
  case_id uuid not null,
  item_kind text not null default 'board-case'::text,
  item_id uuid default case_id,
  organisation_id uuid not null,
  number integer not null,
  content text not null,
  digest text not null,
  axes jsonb not null,
  fields_of_work text[] not null,
  verdict text not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  demo boolean not null default false,
  constraint board_dossier_case_id_number_key UNIQUE (case_id, number),
  constraint board_dossier_check CHECK ((digest = encode(sha256(convert_to(content, 'UTF8'::name)), 'hex'::text))),
  constraint board_dossier_number_check CHECK ((number > 0)),
  constraint board_dossier_pkey PRIMARY KEY (id)
);
CREATE INDEX board_dossier_case ON public.board_dossier USING btree (case_id, number DESC);
CREATE TRIGGER board_dossier_append_only BEFORE DELETE OR UPDATE ON public.board_dossier FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER board_dossier_logged AFTER INSERT ON public.board_dossier REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table board_meeting (
  id uuid not null,
  number integer not null,
  held_on date not null,
  note text not null default ''::text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  demo boolean not null default false,
  constraint board_meeting_number_check CHECK ((number > 0)),
  constraint board_meeting_number_key UNIQUE (number),
  constraint board_meeting_pkey PRIMARY KEY (id)
);

create table board_message (
  id uuid not null,
  at timestamp with time zone not null,
  type text not null,
  case_id uuid not null,
  item_kind text not null default 'board-case'::text,
  item_id uuid default case_id,
  organisation_id uuid not null,
  question_id uuid,
  text text not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  demo boolean not null default false,
  constraint board_message_check CHECK (((type = 'answer'::text) = (question_id IS NOT NULL))),
  constraint board_message_pkey PRIMARY KEY (id),
  constraint board_message_type_check CHECK ((type = ANY (ARRAY['question'::text, 'answer'::text])))
);
CREATE INDEX board_message_case ON public.board_message USING btree (case_id, at, id);
CREATE TRIGGER board_message_append_only BEFORE DELETE OR UPDATE ON public.board_message FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER board_message_logged AFTER INSERT ON public.board_message REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table board_opinion (
  id uuid not null,
  at timestamp with time zone not null,
  type text not null default 'given'::text,
  case_id uuid not null,
  item_kind text not null default 'board-case'::text,
  item_id uuid default case_id,
  organisation_id uuid not null,
  person_id uuid not null,
  number integer not null,
  text text not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  demo boolean not null default false,
  constraint board_opinion_case_id_person_id_number_key UNIQUE (case_id, person_id, number),
  constraint board_opinion_number_check CHECK ((number > 0)),
  constraint board_opinion_pkey PRIMARY KEY (id),
  constraint board_opinion_type_check CHECK ((type = ANY (ARRAY['given'::text, 'amended'::text])))
);
CREATE TRIGGER board_opinion_append_only BEFORE DELETE OR UPDATE ON public.board_opinion FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER board_opinion_logged AFTER INSERT ON public.board_opinion REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table board_opinion_draft (
  case_id uuid not null,
  organisation_id uuid not null,
  person_id uuid not null,
  text text not null,
  version integer not null default 1,
  updated_at timestamp with time zone not null,
  constraint board_opinion_draft_case_id_fkey FOREIGN KEY (case_id) REFERENCES board_case(id) ON DELETE CASCADE,
  constraint board_opinion_draft_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint board_opinion_draft_pkey PRIMARY KEY (case_id, person_id)
);

create table board_part (
  case_id uuid not null,
  organisation_id uuid not null,
  part text not null,
  text text not null default ''::text,
  absent text,
  because text,
  version integer not null default 1,
  updated_at timestamp with time zone not null,
  updated_by uuid not null,
  constraint board_part_absent_check CHECK ((absent = ANY (ARRAY['unknown'::text, 'not-applicable'::text]))),
  constraint board_part_case_id_fkey FOREIGN KEY (case_id) REFERENCES board_case(id) ON DELETE CASCADE,
  constraint board_part_check CHECK (((absent IS NULL) = (because IS NULL))),
  constraint board_part_part_check CHECK ((part = ANY (ARRAY['content'::text, 'verdict'::text, 'mitigation'::text, 'quality'::text, 'supply-chain'::text]))),
  constraint board_part_pkey PRIMARY KEY (case_id, part)
);

create table board_reminder (
  case_id uuid not null,
  person_id uuid not null,
  at timestamp with time zone not null,
  times integer not null default 1,
  constraint board_reminder_case_id_fkey FOREIGN KEY (case_id) REFERENCES board_case(id) ON DELETE CASCADE,
  constraint board_reminder_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint board_reminder_pkey PRIMARY KEY (case_id, person_id),
  constraint board_reminder_times_check CHECK ((times > 0))
);

create table board_seat (
  id uuid not null,
  person_id uuid not null,
  expertise_ja text not null,
  expertise_en text not null default ''::text,
  chair boolean not null default false,
  from_date date not null,
  to_date date,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  constraint board_seat_check CHECK (((to_date IS NULL) OR (to_date >= from_date))),
  constraint board_seat_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint board_seat_pkey PRIMARY KEY (id)
);
CREATE INDEX board_seat_person ON public.board_seat USING btree (person_id);

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

create table check_answered (
  person_id uuid not null,
  question_id uuid not null,
  constraint check_answered_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint check_answered_pkey PRIMARY KEY (person_id, question_id),
  constraint check_answered_question_id_fkey FOREIGN KEY (question_id) REFERENCES check_question(id) ON DELETE CASCADE
);

create table check_count (
  question_id uuid not null,
  choice integer not null,
  n integer not null,
  constraint check_count_pkey PRIMARY KEY (question_id, choice),
  constraint check_count_question_id_fkey FOREIGN KEY (question_id) REFERENCES check_question(id) ON DELETE CASCADE
);

create table check_item (
  id uuid not null,
  procurement_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  sheet text not null,
  item text not null,
  "position" integer not null,
  group_id text not null,
  preset jsonb not null,
  proposal jsonb not null,
  included boolean,
  reason text,
  decided_at timestamp with time zone,
  decided_by uuid,
  requirement text not null,
  chapter text not null default ''::text,
  evidence jsonb not null,
  verification text[] not null,
  clause_text text not null,
  clause_number text not null default ''::text,
  clause_state text not null default 'open'::text,
  agreed_on date,
  version integer not null default 1,
  updated_at timestamp with time zone not null,
  updated_by uuid not null,
  constraint check_item_check CHECK ((((included IS NULL) = (decided_at IS NULL)) AND ((decided_at IS NULL) = (decided_by IS NULL)))),
  constraint check_item_check1 CHECK (((included IS NOT FALSE) OR (length(TRIM(BOTH FROM COALESCE(reason, ''::text))) > 0))),
  constraint check_item_check2 CHECK (((clause_state = 'agreed'::text) = (agreed_on IS NOT NULL))),
  constraint check_item_clause_state_check CHECK ((clause_state = ANY (ARRAY['open'::text, 'negotiating'::text, 'agreed'::text]))),
  constraint check_item_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint check_item_pkey PRIMARY KEY (id),
  constraint check_item_procurement_id_fkey FOREIGN KEY (procurement_id) REFERENCES procurement(id) ON DELETE CASCADE,
  constraint check_item_procurement_id_item_key UNIQUE (procurement_id, item),
  constraint check_item_sheet_check CHECK ((sheet = ANY (ARRAY['procurement-check'::text, 'contract-check'::text]))),
  constraint check_item_verification_check CHECK ((verification <@ ARRAY['document'::text, 'test'::text, 'run-time-rule'::text]))
);
CREATE INDEX check_item_procurement ON public.check_item USING btree (procurement_id, sheet, "position");
CREATE TRIGGER check_item_holds_step BEFORE INSERT OR DELETE OR UPDATE ON public.check_item FOR EACH ROW EXECUTE FUNCTION holds_step();

create table check_item_change (
  id uuid not null,
  at timestamp with time zone not null,
  type text not null,
  procurement_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  item_kind text not null default 'procurement'::text,
  item_id uuid default procurement_id,
  check_item_id uuid,
  item text,
  fields jsonb not null,
  reason text,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  constraint check_item_change_pkey PRIMARY KEY (id)
);
CREATE INDEX check_item_change_procurement ON public.check_item_change USING btree (procurement_id, at DESC, id DESC);
CREATE TRIGGER check_item_change_append_only BEFORE DELETE OR UPDATE ON public.check_item_change FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER check_item_change_logged AFTER INSERT ON public.check_item_change REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table check_list (
  version_id uuid not null,
  organisation_id uuid not null,
  version integer not null,
  constraint check_list_pkey PRIMARY KEY (version_id),
  constraint check_list_version_id_fkey FOREIGN KEY (version_id) REFERENCES rule_version(id) ON DELETE CASCADE
);

create table check_question (
  id uuid not null,
  rule_id uuid not null,
  version_id uuid not null,
  organisation_id uuid not null,
  "position" integer not null,
  choices jsonb not null,
  answer integer not null,
  question jsonb not null,
  explanation jsonb not null,
  clause text,
  updated_at timestamp with time zone not null,
  updated_by uuid not null,
  constraint check_question_pkey PRIMARY KEY (id),
  constraint check_question_version_id_fkey FOREIGN KEY (version_id) REFERENCES rule_version(id) ON DELETE CASCADE,
  constraint check_question_version_id_position_key UNIQUE (version_id, "position") DEFERRABLE INITIALLY DEFERRED
);

create table collection_entry (
  id uuid not null,
  kind text not null,
  number text not null,
  title text not null,
  question text not null,
  answer text not null,
  catalog text,
  edition text,
  items text[] not null default '{}'::text[],
  published_at timestamp with time zone not null,
  published_by uuid not null,
  withdrawn_at timestamp with time zone,
  withdrawn_because text,
  search_key text not null,
  grams integer[] not null,
  demo boolean not null default false,
  constraint collection_entry_kind_check CHECK ((kind = ANY (ARRAY['answer'::text, 'advice'::text]))),
  constraint collection_entry_number_key UNIQUE (number),
  constraint collection_entry_pkey PRIMARY KEY (id)
);
CREATE INDEX collection_entry_grams ON public.collection_entry USING gin (grams);
CREATE INDEX collection_entry_items ON public.collection_entry USING gin (items);
CREATE INDEX collection_entry_published ON public.collection_entry USING btree (published_at DESC, id DESC);

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

create table consultation (
  id uuid not null,
  organisation_id uuid not null,
  number text,
  system_id uuid,
  subject text not null,
  question text not null,
  wished_on date,
  state text not null,
  asked_at timestamp with time zone,
  asked_by uuid,
  holder_id uuid,
  deadline date,
  deadline_by text,
  waiting_since timestamp with time zone not null,
  answered_at timestamp with time zone,
  read_at timestamp with time zone,
  entry_id uuid,
  version integer not null default 1,
  demo boolean not null default false,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  updated_at timestamp with time zone not null,
  constraint consultation_deadline_by_check CHECK ((deadline_by = ANY (ARRAY['rule'::text, 'desk'::text]))),
  constraint consultation_number_key UNIQUE (number),
  constraint consultation_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint consultation_pkey PRIMARY KEY (id),
  constraint consultation_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'asked'::text, 'taken'::text, 'answered'::text, 'closed'::text, 'withdrawn'::text]))),
  constraint consultation_system_id_fkey FOREIGN KEY (system_id) REFERENCES ai_system(id) ON DELETE SET NULL
);
CREATE INDEX consultation_open ON public.consultation USING btree (state, deadline);
CREATE INDEX consultation_organisation ON public.consultation USING btree (organisation_id);
CREATE INDEX consultation_system ON public.consultation USING btree (system_id) WHERE (system_id IS NOT NULL);

create table consultation_entry (
  id uuid not null,
  organisation_id uuid not null,
  item_kind text not null default 'consultation'::text,
  item_id uuid not null,
  at timestamp with time zone not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  type text not null,
  text text,
  to_person uuid,
  deadline date,
  internal boolean not null default false,
  constraint consultation_entry_pkey PRIMARY KEY (id),
  constraint consultation_entry_type_check CHECK ((type = ANY (ARRAY['asked'::text, 'taken'::text, 'handed-over'::text, 'deadline-set'::text, 'answered'::text, 'followed-up'::text, 'closed'::text, 'withdrawn'::text, 'published'::text, 'unpublished'::text])))
);
CREATE INDEX consultation_entry_item ON public.consultation_entry USING btree (item_id, at, id);
CREATE TRIGGER consultation_entry_append_only BEFORE DELETE OR UPDATE ON public.consultation_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER consultation_entry_logged AFTER INSERT ON public.consultation_entry REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

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

create table document_made (
  id uuid not null,
  procurement_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  kind text not null,
  format text not null,
  language text not null,
  version integer not null,
  digest text not null,
  file_digest text not null,
  template_id uuid,
  item_kind text not null default 'procurement'::text,
  item_id uuid default procurement_id,
  at timestamp with time zone not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  constraint document_made_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint document_made_pkey PRIMARY KEY (id),
  constraint document_made_template_id_fkey FOREIGN KEY (template_id) REFERENCES document_template(id)
);
CREATE INDEX document_made_digest ON public.document_made USING btree (digest);
CREATE INDEX document_made_procurement ON public.document_made USING btree (procurement_id, at DESC, id DESC);
CREATE TRIGGER document_made_append_only BEFORE DELETE OR UPDATE ON public.document_made FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_made_logged AFTER INSERT ON public.document_made REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table document_template (
  id uuid not null,
  organisation_id uuid not null,
  kind text not null,
  language text not null,
  number integer not null,
  file_name text not null,
  bytes bigint not null,
  sha256 text not null,
  note text not null default ''::text,
  item_kind text not null default 'document-template'::text,
  item_id uuid default id,
  at timestamp with time zone not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  constraint document_template_kind_check CHECK ((kind = ANY (ARRAY['specification-annex'::text, 'contract-annex'::text, 'evaluation-record'::text]))),
  constraint document_template_language_check CHECK ((language = ANY (ARRAY['ja'::text, 'en'::text]))),
  constraint document_template_number_check CHECK ((number > 0)),
  constraint document_template_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint document_template_organisation_id_kind_language_number_key UNIQUE (organisation_id, kind, language, number),
  constraint document_template_pkey PRIMARY KEY (id),
  constraint document_template_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);
CREATE TRIGGER document_template_append_only BEFORE DELETE OR UPDATE ON public.document_template FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_template_logged AFTER INSERT ON public.document_template REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table evaluation (
  bidder_id uuid not null,
  item text not null,
  procurement_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  mark text,
  reason text not null default ''::text,
  handing_in integer not null,
  version integer not null default 1,
  at timestamp with time zone not null,
  by uuid not null,
  constraint evaluation_bidder_id_fkey FOREIGN KEY (bidder_id) REFERENCES bidder(id) ON DELETE CASCADE,
  constraint evaluation_mark_check CHECK ((mark = ANY (ARRAY['meets'::text, 'partly'::text, 'fails'::text]))),
  constraint evaluation_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint evaluation_pkey PRIMARY KEY (bidder_id, item),
  constraint evaluation_procurement_id_fkey FOREIGN KEY (procurement_id) REFERENCES procurement(id) ON DELETE CASCADE
);
CREATE INDEX evaluation_procurement ON public.evaluation USING btree (procurement_id);

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

create table handed_answer (
  id uuid not null,
  answer_id uuid not null,
  bidder_id uuid not null,
  procurement_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  supplier_id uuid not null,
  handing_in integer not null,
  item text not null,
  fulfils text,
  text text not null,
  tender_item_id uuid,
  taken_from jsonb,
  evidence uuid[] not null,
  at timestamp with time zone not null,
  constraint handed_answer_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES bidder_answer(id) ON DELETE CASCADE,
  constraint handed_answer_answer_id_handing_in_key UNIQUE (answer_id, handing_in),
  constraint handed_answer_bidder_id_fkey FOREIGN KEY (bidder_id) REFERENCES bidder(id) ON DELETE CASCADE,
  constraint handed_answer_fulfils_check CHECK ((fulfils = ANY (ARRAY['yes'::text, 'partly'::text, 'no'::text]))),
  constraint handed_answer_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint handed_answer_pkey PRIMARY KEY (id),
  constraint handed_answer_procurement_id_fkey FOREIGN KEY (procurement_id) REFERENCES procurement(id) ON DELETE CASCADE,
  constraint handed_answer_supplier_id_fkey FOREIGN KEY (supplier_id) REFERENCES supplier(id),
  constraint handed_answer_tender_item_id_fkey FOREIGN KEY (tender_item_id) REFERENCES tender_item(id) ON DELETE CASCADE
);
CREATE INDEX handed_answer_bidder ON public.handed_answer USING btree (bidder_id, handing_in);
CREATE INDEX handed_answer_supplier ON public.handed_answer USING btree (supplier_id, item, at DESC) WHERE (fulfils IS NOT NULL);

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

create table item_proof (
  id uuid not null,
  check_item_id uuid not null,
  procurement_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  kind text not null,
  what text not null,
  setting text,
  responsible text not null,
  stage text not null,
  due_on date,
  state text not null default 'open'::text,
  done_at timestamp with time zone,
  done_by uuid,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  constraint item_proof_check CHECK (((kind = 'evidence'::text) OR (length(TRIM(BOTH FROM COALESCE(setting, ''::text))) > 0))),
  constraint item_proof_check1 CHECK ((((state = 'done'::text) = (done_at IS NOT NULL)) AND ((done_at IS NULL) = (done_by IS NULL)))),
  constraint item_proof_check_item_id_fkey FOREIGN KEY (check_item_id) REFERENCES check_item(id) ON DELETE CASCADE,
  constraint item_proof_kind_check CHECK ((kind = ANY (ARRAY['evidence'::text, 'run-time-rule'::text]))),
  constraint item_proof_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint item_proof_pkey PRIMARY KEY (id),
  constraint item_proof_procurement_id_fkey FOREIGN KEY (procurement_id) REFERENCES procurement(id) ON DELETE CASCADE,
  constraint item_proof_stage_check CHECK ((stage = ANY (ARRAY['procurement'::text, 'build-test'::text, 'operation'::text]))),
  constraint item_proof_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text])))
);
CREATE INDEX item_proof_due ON public.item_proof USING btree (organisation_id, due_on) WHERE (state = 'open'::text);
CREATE INDEX item_proof_item ON public.item_proof USING btree (check_item_id);
CREATE INDEX item_proof_procurement ON public.item_proof USING btree (procurement_id);

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

create table periodic_report (
  id uuid not null,
  organisation_id uuid not null,
  period text not null,
  from_date date not null,
  to_date date not null,
  due_on date not null,
  number integer not null,
  state text not null,
  figures jsonb not null,
  figures_at timestamp with time zone not null,
  texts jsonb not null default '{}'::jsonb,
  risk_cases jsonb,
  checked_at timestamp with time zone,
  checked_by uuid,
  submitted_at timestamp with time zone,
  submitted_by uuid,
  version integer not null default 1,
  demo boolean not null default false,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  updated_at timestamp with time zone not null,
  constraint periodic_report_number_check CHECK ((number > 0)),
  constraint periodic_report_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint periodic_report_organisation_id_period_number_key UNIQUE (organisation_id, period, number),
  constraint periodic_report_pkey PRIMARY KEY (id),
  constraint periodic_report_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'checked'::text, 'submitted'::text])))
);
CREATE UNIQUE INDEX periodic_report_open ON public.periodic_report USING btree (organisation_id, period) WHERE (state <> 'submitted'::text);
CREATE INDEX periodic_report_submitted ON public.periodic_report USING btree (submitted_at) WHERE (state = 'submitted'::text);

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
CREATE TRIGGER person_goes BEFORE DELETE ON public.person FOR EACH ROW EXECUTE FUNCTION person_goes();
CREATE TRIGGER person_moved AFTER UPDATE ON public.person REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION staff_changed();

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

create table procurement (
  id uuid not null,
  number text not null,
  system_id uuid not null,
  organisation_id uuid not null,
  title text not null,
  pattern text,
  state text not null default 'drafting'::text,
  catalog text not null,
  edition text not null,
  digest text not null,
  answers jsonb not null,
  proposed_at timestamp with time zone not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  updated_at timestamp with time zone not null,
  updated_by uuid not null,
  constraint procurement_number_key UNIQUE (number),
  constraint procurement_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint procurement_pkey PRIMARY KEY (id),
  constraint procurement_state_check CHECK ((state = ANY (ARRAY['drafting'::text, 'tendering'::text, 'evaluating'::text, 'contracted'::text, 'closed'::text]))),
  constraint procurement_system_id_fkey FOREIGN KEY (system_id) REFERENCES ai_system(id) ON DELETE CASCADE
);
CREATE INDEX procurement_organisation ON public.procurement USING btree (organisation_id, number);
CREATE INDEX procurement_system ON public.procurement USING btree (system_id);
CREATE TRIGGER procurement_holds_step BEFORE INSERT OR DELETE OR UPDATE ON public.procurement FOR EACH ROW EXECUTE FUNCTION holds_step();

create table publication (
  consultation_id uuid not null,
  title text not null,
  question text not null,
  answer text not null,
  items text[] not null default '{}'::text[],
  confirmed jsonb not null default '[]'::jsonb,
  version integer not null default 1,
  updated_at timestamp with time zone not null,
  updated_by uuid not null,
  constraint publication_consultation_id_fkey FOREIGN KEY (consultation_id) REFERENCES consultation(id) ON DELETE CASCADE,
  constraint publication_pkey PRIMARY KEY (consultation_id)
);

create table rate_count (
  key_hash text not null,
  window_start timestamp with time zone not null,
  hits integer not null,
  constraint rate_count_pkey PRIMARY KEY (key_hash, window_start)
);

create table report_event (
  id uuid not null,
  organisation_id uuid not null,
  item_kind text not null default 'periodic-report'::text,
  item_id uuid not null,
  at timestamp with time zone not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  type text not null,
  note text,
  content text,
  digest text,
  constraint report_event_check CHECK (((digest IS NULL) OR (digest = encode(sha256(convert_to(content, 'UTF8'::name)), 'hex'::text)))),
  constraint report_event_pkey PRIMARY KEY (id),
  constraint report_event_type_check CHECK ((type = ANY (ARRAY['composed'::text, 'recomputed'::text, 'written'::text, 'checked'::text, 'sent-back'::text, 'submitted'::text])))
);
CREATE INDEX report_event_item ON public.report_event USING btree (item_id, at, id);
CREATE TRIGGER report_event_append_only BEFORE DELETE OR UPDATE ON public.report_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER report_event_logged AFTER INSERT ON public.report_event REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table report_read (
  report_id uuid not null,
  person_id uuid not null,
  at timestamp with time zone not null,
  constraint report_read_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint report_read_pkey PRIMARY KEY (report_id, person_id),
  constraint report_read_report_id_fkey FOREIGN KEY (report_id) REFERENCES periodic_report(id) ON DELETE CASCADE
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
CREATE TRIGGER role_held_added AFTER INSERT ON public.role_held REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION staff_changed();
CREATE TRIGGER role_held_changed AFTER UPDATE ON public.role_held REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION staff_changed();
CREATE TRIGGER role_held_removed AFTER DELETE ON public.role_held REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION staff_changed();

create table rule_clause (
  version_id uuid not null,
  id text not null,
  section text not null,
  "position" double precision not null,
  heading jsonb not null,
  body jsonb not null,
  staff jsonb not null default '[]'::jsonb,
  settings jsonb not null default '[]'::jsonb,
  based_on text,
  change jsonb,
  wording_only text,
  same_meaning_at timestamp with time zone,
  same_meaning_by uuid,
  removed_because text,
  version integer not null default 1,
  updated_at timestamp with time zone not null,
  updated_by uuid not null,
  constraint rule_clause_pkey PRIMARY KEY (version_id, id),
  constraint rule_clause_section_check CHECK ((section = ANY (ARRAY['purpose'::text, 'before-use'::text, 'input'::text, 'output'::text, 'contact'::text]))),
  constraint rule_clause_version_id_fkey FOREIGN KEY (version_id) REFERENCES rule_version(id) ON DELETE CASCADE
);
CREATE TRIGGER rule_clause_stays BEFORE INSERT OR DELETE OR UPDATE ON public.rule_clause FOR EACH ROW EXECUTE FUNCTION adopted_stays();

create table rule_event (
  id uuid not null,
  at timestamp with time zone not null,
  type text not null,
  rule_id uuid not null,
  version_id uuid not null,
  item_kind text not null default 'user-rule'::text,
  item_id uuid default rule_id,
  organisation_id uuid not null,
  system_id uuid,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  digest text,
  detail jsonb not null default '{}'::jsonb,
  constraint rule_event_pkey PRIMARY KEY (id),
  constraint rule_event_type_check CHECK ((type = ANY (ARRAY['rule-begun'::text, 'version-begun'::text, 'clause-added'::text, 'clause-changed'::text, 'clause-moved'::text, 'clause-removed'::text, 'clause-restored'::text, 'meaning-confirmed'::text, 'version-changed'::text, 'review-began'::text, 'review-confirmed'::text, 'review-sent-back'::text, 'back-to-draft'::text, 'adopted'::text, 'in-force'::text, 'ended'::text, 'discarded'::text])))
);
CREATE INDEX rule_event_rule ON public.rule_event USING btree (rule_id, at DESC, id DESC);
CREATE TRIGGER rule_event_append_only BEFORE DELETE OR UPDATE ON public.rule_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rule_event_logged AFTER INSERT ON public.rule_event REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table rule_review (
  version_id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null,
  named_at timestamp with time zone not null,
  finding text,
  remark text,
  found_at timestamp with time zone,
  constraint rule_review_check CHECK (((finding IS NULL) = (found_at IS NULL))),
  constraint rule_review_finding_check CHECK ((finding = ANY (ARRAY['confirmed'::text, 'sent-back'::text]))),
  constraint rule_review_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint rule_review_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint rule_review_pkey PRIMARY KEY (version_id, person_id),
  constraint rule_review_version_id_fkey FOREIGN KEY (version_id) REFERENCES rule_version(id) ON DELETE CASCADE
);
CREATE INDEX rule_review_person ON public.rule_review USING btree (person_id) WHERE (finding IS NULL);

create table rule_version (
  id uuid not null,
  rule_id uuid not null,
  organisation_id uuid not null,
  system_id uuid,
  number integer not null,
  state text not null,
  guide text,
  before_id uuid,
  contact jsonb,
  effective_from date,
  ended_from date,
  ended_because text,
  review_began_at timestamp with time zone,
  adopted_at timestamp with time zone,
  adopted_by uuid,
  adopted_role text,
  digest text,
  substance boolean,
  told_in_force boolean not null default false,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  updated_at timestamp with time zone not null,
  constraint rule_version_before_id_fkey FOREIGN KEY (before_id) REFERENCES rule_version(id) ON DELETE CASCADE,
  constraint rule_version_check CHECK ((((state = 'adopted'::text) = (adopted_at IS NOT NULL)) AND ((state = 'adopted'::text) = (digest IS NOT NULL)) AND ((state <> 'adopted'::text) OR ((effective_from IS NOT NULL) AND (substance IS NOT NULL))))),
  constraint rule_version_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  constraint rule_version_number_check CHECK ((number >= 1)),
  constraint rule_version_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint rule_version_pkey PRIMARY KEY (id),
  constraint rule_version_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES user_rule(id) ON DELETE CASCADE,
  constraint rule_version_rule_id_number_key UNIQUE (rule_id, number),
  constraint rule_version_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'review'::text, 'adopted'::text])))
);
CREATE UNIQUE INDEX rule_version_open ON public.rule_version USING btree (rule_id) WHERE (state = ANY (ARRAY['draft'::text, 'review'::text]));
CREATE INDEX rule_version_organisation ON public.rule_version USING btree (organisation_id, state, effective_from);
CREATE INDEX rule_version_system ON public.rule_version USING btree (system_id) WHERE (system_id IS NOT NULL);
CREATE TRIGGER rule_version_holds_step BEFORE INSERT OR DELETE OR UPDATE ON public.rule_version FOR EACH ROW EXECUTE FUNCTION holds_step();
CREATE TRIGGER rule_version_holds_steps_of_ministry BEFORE DELETE OR UPDATE ON public.rule_version FOR EACH ROW WHEN ((old.system_id IS NULL)) EXECUTE FUNCTION holds_steps_of_ministry();
CREATE TRIGGER rule_version_stays BEFORE UPDATE ON public.rule_version FOR EACH ROW EXECUTE FUNCTION adopted_version_stays();

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

create table sheet_taken (
  id uuid not null,
  procurement_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  sheet text not null,
  file_name text not null,
  sha256 text not null,
  cells integer not null,
  item_kind text not null default 'procurement'::text,
  item_id uuid default procurement_id,
  at timestamp with time zone not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  constraint sheet_taken_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint sheet_taken_pkey PRIMARY KEY (id),
  constraint sheet_taken_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);
CREATE INDEX sheet_taken_procurement ON public.sheet_taken USING btree (procurement_id, at DESC, id DESC);
CREATE TRIGGER sheet_taken_append_only BEFORE DELETE OR UPDATE ON public.sheet_taken FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sheet_taken_logged AFTER INSERT ON public.sheet_taken REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

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

create table staff_count (
  organisation_id uuid not null,
  since date not null,
  until date not null,
  n integer not null,
  constraint staff_count_pkey PRIMARY KEY (organisation_id, since, until)
);

create table staff_span (
  person_id uuid not null,
  organisation_id uuid not null,
  since date not null,
  until date not null,
  constraint staff_span_pkey PRIMARY KEY (person_id, since)
);
CREATE INDEX staff_span_organisation ON public.staff_span USING btree (organisation_id, person_id);
CREATE TRIGGER staff_span_added AFTER INSERT ON public.staff_span REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION staff_counted();
CREATE TRIGGER staff_span_removed AFTER DELETE ON public.staff_span REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION staff_counted();

create table stage_passage (
  id uuid not null,
  at timestamp with time zone not null,
  type text not null default 'passed'::text,
  system_id uuid not null,
  organisation_id uuid not null,
  item_kind text not null default 'system'::text,
  item_id uuid default system_id,
  from_stage text not null,
  to_stage text not null,
  met text[] not null,
  warned text[] not null,
  waived uuid[] not null,
  catalog text not null,
  edition text not null,
  digest text not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  demo boolean not null default false,
  constraint stage_passage_pkey PRIMARY KEY (id),
  constraint stage_passage_type_check CHECK ((type = 'passed'::text))
);
CREATE INDEX stage_passage_system ON public.stage_passage USING btree (system_id, at DESC);
CREATE TRIGGER stage_passage_append_only BEFORE DELETE OR UPDATE ON public.stage_passage FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stage_passage_logged AFTER INSERT ON public.stage_passage REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table stage_waiver (
  id uuid not null,
  at timestamp with time zone not null,
  type text not null,
  waiver_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  item_kind text not null default 'system'::text,
  item_id uuid default system_id,
  need text not null,
  step text not null,
  until_on date,
  reason text not null,
  catalog text not null,
  edition text not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  demo boolean not null default false,
  constraint stage_waiver_check CHECK (((type <> 'waived'::text) OR (waiver_id = id))),
  constraint stage_waiver_pkey PRIMARY KEY (id),
  constraint stage_waiver_reason_check CHECK ((length(TRIM(BOTH FROM reason)) > 0)),
  constraint stage_waiver_step_check CHECK ((step = ANY (ARRAY['procurement'::text, 'build-test'::text, 'operation'::text]))),
  constraint stage_waiver_type_check CHECK ((type = ANY (ARRAY['waived'::text, 'withdrawn'::text])))
);
CREATE INDEX stage_waiver_system ON public.stage_waiver USING btree (system_id, at DESC);
CREATE UNIQUE INDEX stage_waiver_withdrawn ON public.stage_waiver USING btree (waiver_id) WHERE (type = 'withdrawn'::text);
CREATE TRIGGER stage_waiver_append_only BEFORE DELETE OR UPDATE ON public.stage_waiver FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stage_waiver_logged AFTER INSERT ON public.stage_waiver REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

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

create table system_in_use (
  person_id uuid not null,
  system_id uuid not null,
  since date not null,
  constraint system_in_use_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint system_in_use_pkey PRIMARY KEY (system_id, person_id),
  constraint system_in_use_system_id_fkey FOREIGN KEY (system_id) REFERENCES ai_system(id) ON DELETE CASCADE
);
CREATE INDEX system_in_use_person ON public.system_in_use USING btree (person_id);

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

create table template_choice (
  id uuid not null,
  organisation_id uuid not null,
  kind text not null,
  language text not null,
  template_id uuid,
  item_kind text not null default 'organisation'::text,
  item_id uuid default organisation_id,
  at timestamp with time zone not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  constraint template_choice_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint template_choice_pkey PRIMARY KEY (id),
  constraint template_choice_template_id_fkey FOREIGN KEY (template_id) REFERENCES document_template(id)
);
CREATE INDEX template_choice_latest ON public.template_choice USING btree (organisation_id, kind, language, at DESC, id DESC);
CREATE TRIGGER template_choice_append_only BEFORE DELETE OR UPDATE ON public.template_choice FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER template_choice_logged AFTER INSERT ON public.template_choice REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table tender (
  procurement_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  number text not null,
  title text not null,
  organisation_ja text not null,
  organisation_en text not null,
  message text not null default ''::text,
  sending integer not null default 1,
  version integer not null default 1,
  sent_at timestamp with time zone not null,
  constraint tender_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint tender_pkey PRIMARY KEY (procurement_id),
  constraint tender_procurement_id_fkey FOREIGN KEY (procurement_id) REFERENCES procurement(id) ON DELETE CASCADE
);

create table tender_change (
  id uuid not null,
  at timestamp with time zone not null,
  type text not null,
  procurement_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  item_kind text not null default 'procurement'::text,
  item_id uuid default procurement_id,
  bidder_id uuid,
  item text,
  fields jsonb not null,
  digest text,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default (NULLIF(current_setting('tenbin.behalf'::text, true), ''::text))::uuid,
  constraint tender_change_pkey PRIMARY KEY (id)
);
CREATE INDEX tender_change_procurement ON public.tender_change USING btree (procurement_id, at DESC, id DESC);
CREATE TRIGGER tender_change_append_only BEFORE DELETE OR UPDATE ON public.tender_change FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tender_change_logged AFTER INSERT ON public.tender_change REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_row();

create table tender_item (
  id uuid not null,
  procurement_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  sending integer not null,
  item text not null,
  "position" integer not null,
  title_ja text not null,
  title_en text not null,
  requirement text not null,
  chapter text not null,
  evidence jsonb not null,
  verification text[] not null,
  dropped boolean not null default false,
  sent_at timestamp with time zone not null,
  constraint tender_item_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint tender_item_pkey PRIMARY KEY (id),
  constraint tender_item_procurement_id_fkey FOREIGN KEY (procurement_id) REFERENCES procurement(id) ON DELETE CASCADE,
  constraint tender_item_procurement_id_item_sending_key UNIQUE (procurement_id, item, sending)
);

create table tender_link (
  id uuid not null,
  bidder_id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null,
  token_hash text,
  way text not null,
  made_at timestamp with time zone not null,
  made_by uuid not null,
  given_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint tender_link_bidder_id_fkey FOREIGN KEY (bidder_id) REFERENCES bidder(id) ON DELETE CASCADE,
  constraint tender_link_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint tender_link_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint tender_link_pkey PRIMARY KEY (id),
  constraint tender_link_token_hash_key UNIQUE (token_hash),
  constraint tender_link_way_check CHECK ((way = ANY (ARRAY['mail'::text, 'shown'::text])))
);
CREATE INDEX tender_link_bidder ON public.tender_link USING btree (bidder_id);
CREATE UNIQUE INDEX tender_link_one ON public.tender_link USING btree (bidder_id) WHERE (revoked_at IS NULL);

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

create table user_rule (
  id uuid not null,
  organisation_id uuid not null,
  system_id uuid,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  demo boolean not null default false,
  constraint user_rule_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id),
  constraint user_rule_pkey PRIMARY KEY (id),
  constraint user_rule_system_id_fkey FOREIGN KEY (system_id) REFERENCES ai_system(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX user_rule_of_ministry ON public.user_rule USING btree (organisation_id) WHERE (system_id IS NULL);
CREATE UNIQUE INDEX user_rule_of_system ON public.user_rule USING btree (system_id) WHERE (system_id IS NOT NULL);

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

CREATE OR REPLACE FUNCTION public.acknowledged_counted()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if tg_op <> 'INSERT' then
    insert into acknowledged_count as c
    select a.rule_id, s.organisation_id, a.number, s.since, s.until, -count(*)
    from old_rows a join staff_span s on s.person_id = a.person_id group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (rule_id, organisation_id, number, since, until) do update set n = c.n + excluded.n;
    delete from acknowledged_count c using old_rows a where c.n = 0 and c.rule_id = a.rule_id and c.number = a.number;
  end if;
  if tg_op <> 'DELETE' then
    insert into acknowledged_count as c
    select a.rule_id, s.organisation_id, a.number, s.since, s.until, count(*)
    from new_rows a join staff_span s on s.person_id = a.person_id group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (rule_id, organisation_id, number, since, until) do update set n = c.n + excluded.n;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.adopted_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  seen text;
begin
  select state into seen from rule_version where id = case when tg_op = 'DELETE' then old.version_id else new.version_id end;
  if seen = 'adopted' then
    raise exception 'a clause of an adopted version may not be changed' using errcode = 'insufficient_privilege';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $function$;

CREATE OR REPLACE FUNCTION public.adopted_version_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.state = 'adopted' and (new.state, new.number, new.contact, new.effective_from, new.adopted_at, new.adopted_by,
      new.digest, new.substance, new.rule_id, new.before_id) is distinct from (old.state, old.number, old.contact,
      old.effective_from, old.adopted_at, old.adopted_by, old.digest, old.substance, old.rule_id, old.before_id) then
    raise exception 'an adopted version may not be changed' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.answer_of_supplier(uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select exists (select 1 from bidder_answer a where a.id = $1 and a.bidder_id in (select bidders_sent())) $function$;

CREATE OR REPLACE FUNCTION public.answer_open(uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select exists (select 1 from bidder_answer a join bidder b on b.id = a.bidder_id
    where a.id = $1 and b.state in ('invited', 'answering', 'handed-in') and b.deadline > now()) $function$;

CREATE OR REPLACE FUNCTION public.append_only(tbl text)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into table_privilege (name, privileges) values (tbl, 'select, insert')
$function$;

CREATE OR REPLACE FUNCTION public.bidders_sent()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select c.bidder_id from bidder_contact c join bidder b on b.id = c.bidder_id
    where scope_is('role', 'supplier') and c.person_id = scope_id('person') and c.removed_at is null
      and b.supplier_id = scope_id('supplier') $function$;

CREATE OR REPLACE FUNCTION public.board_chairs(member uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (select 1 from board_seat s where s.person_id = $1 and s.chair
    and (now() at time zone 'Asia/Tokyo')::date between s.from_date and coalesce(s.to_date, 'infinity'::date)) $function$;

CREATE OR REPLACE FUNCTION public.board_seated(member uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select exists (select 1 from board_seat s where s.person_id = $1
    and (now() at time zone 'Asia/Tokyo')::date between s.from_date and coalesce(s.to_date, 'infinity'::date)) $function$;

CREATE OR REPLACE FUNCTION public.board_standing(which uuid, member uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select case
    when not board_seated($2) then 'none'
    when (select d.type from board_declaration d where d.case_id = $1 and d.person_id = $2 and d.type <> 'no-interest'
      order by d.at desc, d.id desc limit 1) in ('interest', 'recused') then 'recused'
    when exists (select 1 from board_declaration d where d.case_id = $1 and d.person_id = $2 and d.type = 'no-interest') then 'deliberating'
    else 'undeclared' end $function$;

CREATE OR REPLACE FUNCTION public.case_open(uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select case when scope_is('role', 'board') then board_standing($1, scope_id('person')) = 'deliberating'
      and exists (select 1 from board_case c where c.id = $1)
    else exists (select 1 from board_case c where c.id = $1) end $function$;

CREATE OR REPLACE FUNCTION public.common_grams()
 RETURNS TABLE(gram integer, part double precision)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select e.gram, e.part from pg_stats s, unnest(s.most_common_elems::text::int[], s.most_common_elem_freqs::float8[]) as e(gram, part)
    where s.schemaname = 'public' and s.tablename = 'use_text' and s.attname = 'grams' and e.gram is not null $function$;

CREATE OR REPLACE FUNCTION public.derive_staff(people uuid[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  delete from staff_span where person_id = any(people);
  update acknowledged a set organisation_id = p.organisation_id from person p
  where p.id = a.person_id and a.person_id = any(people) and a.organisation_id <> p.organisation_id;
  insert into staff_span (person_id, organisation_id, since, until)
  select p.id, p.organisation_id, lower(s.span), coalesce(upper(s.span) - 1, 'infinity')
  from person p join (select h.person_id, unnest(range_agg(daterange(h.from_date, h.to_date, '[]'))) as span
    from role_held h where h.person_id = any(people) and h.role = any(staff_roles()) group by h.person_id) s on s.person_id = p.id
  where p.disabled_at is null;
$function$;

CREATE OR REPLACE FUNCTION public.docket_role()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select coalesce(current_setting('tenbin.role', true), '') in ('caio', 'caio-office', 'planner', 'provider', 'auditor') $function$;

CREATE OR REPLACE FUNCTION public.follows_acknowledgements()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('tenbin.role', true), '') in ('caio', 'caio-office', 'planner', 'provider', 'auditor') $function$;

CREATE OR REPLACE FUNCTION public.handed_in_with(answer uuid, evidence uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select exists (select 1 from handed_answer h where h.answer_id = $1 and $2 = any (h.evidence)) $function$;

CREATE OR REPLACE FUNCTION public.holds_step()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  of_system uuid := case tg_op when 'DELETE' then old.system_id else new.system_id end;
begin
  if of_system is not null then
    perform 1 from ai_system where id = of_system for share;
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $function$;

CREATE OR REPLACE FUNCTION public.holds_steps_of_ministry()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  seat uuid := case tg_op when 'DELETE' then old.organisation_id else new.organisation_id end;
begin
  perform pg_advisory_xact_lock(hashtext('stage-gate'), hashtext((select path[1]::text from organisation where id = seat)));
  return case tg_op when 'DELETE' then old else new end;
end $function$;

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

CREATE OR REPLACE FUNCTION public.isolate_with_system(tbl text)
 RETURNS void
 LANGUAGE sql
AS $function$
  select isolate_by(tbl, 'organisation_id in (select organisations_held())
      or organisation_id in (select organisations_read()) and exists (select 1 from ai_system s where s.id = system_id)',
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

CREATE OR REPLACE FUNCTION public.on_board_side()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select scope_is('role', 'board') or scope_is('role', 'secretariat') $function$;

CREATE OR REPLACE FUNCTION public.organisations_above()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select distinct unnest(o.path) from organisation o where o.id in (select organisations_read()) $function$;

CREATE OR REPLACE FUNCTION public.organisations_held()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select id from organisation where path @> array[scope_id('organisation')]
    and not scope_is('reads', 'nothing') and not scope_is('reads', 'all') $function$;

CREATE OR REPLACE FUNCTION public.organisations_of_own_ministry()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select o.id from organisation o where scope_is('role', 'supplier')
    and o.path[1] = (select h.path[1] from organisation h where h.id = scope_id('organisation')) $function$;

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

CREATE OR REPLACE FUNCTION public.person_goes()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  delete from acknowledged where person_id = old.id;
  delete from staff_span where person_id = old.id;
  return old;
end $function$;

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

CREATE OR REPLACE FUNCTION public.rule_drafts_seen()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('tenbin.role', true), '') in ('caio', 'caio-office', 'planner', 'provider', 'administrator', 'auditor') $function$;

CREATE OR REPLACE FUNCTION public.rule_lock(of_organisation uuid)
 RETURNS void
 LANGUAGE sql
AS $function$
  select pg_advisory_xact_lock_shared(hashtext('stage-gate'), hashtext((select path[1]::text from organisation where id = of_organisation))) $function$;

CREATE OR REPLACE FUNCTION public.rules_asking(day date)
 RETURNS TABLE(rule_id uuid, organisation_id uuid, system_id uuid, version_id uuid, number integer, effective_from date, digest text, asked_number integer, asked_from date)
 LANGUAGE sql
 STABLE
AS $function$
  select r.id, r.organisation_id, r.system_id, v.id, v.number, v.effective_from, v.digest, w.number, w.effective_from
  from user_rule r
  cross join lateral (select x.* from rule_version x where x.rule_id = r.id and x.state = 'adopted' and x.effective_from <= day
    order by x.number desc limit 1) v
  cross join lateral (select y.number, y.effective_from from rule_version y
    where y.rule_id = r.id and y.state = 'adopted' and y.effective_from <= day and y.number <= v.number
    order by y.substance or y.before_id is null desc, case when y.substance then -y.number else y.number end limit 1) w
  where v.ended_from is null or v.ended_from > day
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

CREATE OR REPLACE FUNCTION public.staff_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if tg_table_name = 'person' then
    perform derive_staff(array_agg(n.id)) from new_rows n join old_rows o on o.id = n.id
    where (n.organisation_id, n.disabled_at) is distinct from (o.organisation_id, o.disabled_at) having count(*) > 0;
  elsif tg_op = 'INSERT' then
    perform derive_staff(array_agg(distinct person_id)) from new_rows having count(*) > 0;
  elsif tg_op = 'DELETE' then
    perform derive_staff(array_agg(distinct person_id)) from old_rows having count(*) > 0;
  else
    perform derive_staff(array_agg(distinct person_id)) from (select person_id from old_rows union select person_id from new_rows) c
    having count(*) > 0;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.staff_counted()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'INSERT' then
    insert into staff_count as c select organisation_id, since, until, count(*) from new_rows group by 1, 2, 3 order by 1, 2, 3
    on conflict (organisation_id, since, until) do update set n = c.n + excluded.n;
    insert into acknowledged_count as c
    select a.rule_id, s.organisation_id, a.number, s.since, s.until, count(*)
    from new_rows s join acknowledged a on a.person_id = s.person_id group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (rule_id, organisation_id, number, since, until) do update set n = c.n + excluded.n;
  else
    insert into staff_count as c select organisation_id, since, until, -count(*) from old_rows group by 1, 2, 3 order by 1, 2, 3
    on conflict (organisation_id, since, until) do update set n = c.n + excluded.n;
    insert into acknowledged_count as c
    select a.rule_id, s.organisation_id, a.number, s.since, s.until, -count(*)
    from old_rows s join acknowledged a on a.person_id = s.person_id group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (rule_id, organisation_id, number, since, until) do update set n = c.n + excluded.n;
    delete from acknowledged_count c using old_rows s where c.n = 0 and c.organisation_id = s.organisation_id;
    delete from staff_count c using old_rows s where c.n = 0 and c.organisation_id = s.organisation_id
      and c.since = s.since and c.until = s.until;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.staff_of_rule(rule uuid, day date)
 RETURNS TABLE(person_id uuid, organisation_id uuid, since date, number integer, at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
  select s.person_id, s.organisation_id, greatest(s.since, u.since), a.number, a.at
  from staff_span s
  left join system_in_use u on u.person_id = s.person_id and u.system_id = (select r.system_id from user_rule r where r.id = rule)
  left join acknowledged a on a.rule_id = rule and a.person_id = s.person_id
  where s.since <= day and s.until >= day
    and case when (select r.system_id is null from user_rule r where r.id = rule)
      then s.organisation_id in (select o.id from organisation o
        where o.path @> array[(select r.organisation_id from user_rule r where r.id = rule)])
      else u.since is not null end
$function$;

CREATE OR REPLACE FUNCTION public.staff_roles()
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select array['caio', 'caio-office', 'planner', 'provider', 'user', 'administrator'] $function$;

CREATE OR REPLACE FUNCTION public.systems_asked_about()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select system_id from consultation where scope_is('role', 'desk') and state <> 'draft' and system_id is not null $function$;

CREATE OR REPLACE FUNCTION public.tenders_sent()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select b.procurement_id from bidder b where b.id in (select bidders_sent()) $function$;

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
