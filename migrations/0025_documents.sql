-- Documents made of a procurement: templates of the ministries, what was made of which version of a sheet, and workbooks
-- that were filled in and taken. The files lie in the file store under their hash.

-- A template as a ministry handed it in. Each is a version of its own; which one is used, is a choice beside it.
create table document_template (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  kind text not null check (kind in ('specification-annex', 'contract-annex', 'evaluation-record')),
  language text not null check (language in ('ja', 'en')),
  number integer not null check (number > 0), -- 1, 2, … of the organisation, kind and language
  file_name text not null,
  bytes bigint not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  note text not null default '',
  -- as the leaf of the log asks for it
  item_kind text not null default 'document-template',
  item_id uuid generated always as (id) stored,
  at timestamptz not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid,
  unique (organisation_id, kind, language, number)
);

-- Which template is in force from then on; none is the one that comes with the house. The latest row holds.
create table template_choice (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  kind text not null,
  language text not null,
  template_id uuid references document_template (id),
  item_kind text not null default 'organisation',
  item_id uuid generated always as (organisation_id) stored,
  at timestamptz not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid
);
create index template_choice_latest on template_choice (organisation_id, kind, language, at desc, id desc);

-- A document as it left the house: with number, version and digest of its foot the sheet it was made of is found.
create table document_made (
  id uuid primary key,
  procurement_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null references organisation (id),
  kind text not null,
  format text not null,
  language text not null,
  -- of the sheet: how often it was changed, and sha-256 of the canonical JSON of what went into the document
  version integer not null,
  digest text not null,
  -- of the file that was handed out; the file itself is not kept
  file_digest text not null,
  template_id uuid references document_template (id),
  item_kind text not null default 'procurement',
  item_id uuid generated always as (procurement_id) stored,
  at timestamptz not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid
);
create index document_made_procurement on document_made (procurement_id, at desc, id desc);
create index document_made_digest on document_made (digest);

-- A filled workbook that was taken, and the file as it was.
create table sheet_taken (
  id uuid primary key,
  procurement_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null references organisation (id),
  sheet text not null,
  file_name text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  cells integer not null, -- that were changed
  item_kind text not null default 'procurement',
  item_id uuid generated always as (procurement_id) stored,
  at timestamptz not null,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid
);
create index sheet_taken_procurement on sheet_taken (procurement_id, at desc, id desc);

-- A division uses the templates of the ministry above it.
create function organisations_above() returns setof uuid language sql stable parallel safe security definer
  set search_path = public, pg_temp
  as $$ select distinct unnest(o.path) from organisation o where o.id in (select organisations_read()) $$;
select isolate_by('document_template', 'organisation_id in (select organisations_read()) or organisation_id in (select organisations_above())',
  'organisation_id in (select organisations_written())');
select isolate_by('template_choice', 'organisation_id in (select organisations_read()) or organisation_id in (select organisations_above())',
  'organisation_id in (select organisations_written())');
-- Whoever may read a sheet may make a document of it, and that is told: the row is written by the house.
select isolate_with_system('document_made');
select isolate_with_system('sheet_taken');

select append_only('document_template');
select append_only('template_choice');
select append_only('document_made');
select append_only('sheet_taken');
create trigger document_template_append_only before update or delete on document_template for each row execute function refuse_change();
create trigger template_choice_append_only before update or delete on template_choice for each row execute function refuse_change();
create trigger document_made_append_only before update or delete on document_made for each row execute function refuse_change();
create trigger sheet_taken_append_only before update or delete on sheet_taken for each row execute function refuse_change();
create trigger document_template_logged after insert on document_template
  referencing new table as new_rows for each statement execute function log_row();
create trigger template_choice_logged after insert on template_choice
  referencing new table as new_rows for each statement execute function log_row();
create trigger document_made_logged after insert on document_made
  referencing new table as new_rows for each statement execute function log_row();
create trigger sheet_taken_logged after insert on sheet_taken
  referencing new table as new_rows for each statement execute function log_row();
