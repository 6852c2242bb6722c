-- People and the roles they hold: from one date to another, with deputies, history, provisioning, API tokens, rate limits.

alter table person add column mail text;
alter table person add column language text not null default 'ja' check (language in ('ja', 'en'));
-- as the identity provider calls the person (SCIM userName, RFC 7643 section 4.1.1: unique, without regard to case)
alter table person add column user_name text;
-- as the provisioning system calls the person (SCIM externalId)
alter table person add column external_id text;
alter table person add column disabled_at timestamptz;
alter table person add column disabled_by uuid;
-- name, post and address are gone; the id stays, because history names it
alter table person add column erased_at timestamptz;
alter table person add column version integer not null default 1;
alter table person add column updated_at timestamptz;
create unique index person_user_name on person (lower(user_name)) where user_name is not null;
create index person_organisation on person (organisation_id);
create index person_external_id on person (external_id) where external_id is not null;

-- A role can be held again after it ended: each span of time is a row of its own.
alter table role_held drop constraint role_held_role_check;
alter table role_held add constraint role_held_role_check check (role in ('caio', 'caio-office', 'planner', 'provider',
  'user', 'board', 'secretariat', 'desk', 'administrator', 'auditor', 'supplier'));
alter table role_held add column id uuid not null default gen_random_uuid();
alter table role_held drop constraint role_held_pkey;
alter table role_held add primary key (id);
-- the contact of a supplier sees what was sent to that supplier, and nothing else
alter table role_held add column supplier_id uuid references supplier (id) on delete cascade;
alter table role_held add constraint role_held_supplier check (supplier_id is null or role = 'supplier');
alter table role_held add constraint role_held_span check (to_date is null or to_date >= from_date);
create index role_held_person on role_held (person_id);
create index role_held_organisation on role_held (organisation_id, role);

-- Who may act for the holder of a role, and when.
create table deputy (
  id uuid primary key,
  role_held_id uuid not null references role_held (id) on delete cascade,
  person_id uuid not null references person (id) on delete cascade,
  organisation_id uuid not null references organisation (id), -- that of the role
  from_date date not null,
  to_date date not null,
  created_at timestamptz not null,
  created_by uuid not null,
  check (to_date >= from_date)
);
create index deputy_person on deputy (person_id);
create index deputy_role_held on deputy (role_held_id);

-- The roles of a person on one day of the office, own ones and those of a deputy (then with the holder). Somebody who is
-- disabled has none.
create function roles_on(of_person uuid, on_day date)
returns table (role text, organisation_id uuid, on_behalf_of uuid, supplier_id uuid, from_date date, to_date date)
stable language sql as $$
  select h.role, h.organisation_id, null::uuid, h.supplier_id, h.from_date, h.to_date
  from role_held h join person p on p.id = h.person_id
  where h.person_id = of_person and p.disabled_at is null
    and h.from_date <= on_day and (h.to_date is null or h.to_date >= on_day)
  union all
  select h.role, h.organisation_id, h.person_id, h.supplier_id, d.from_date, least(d.to_date, h.to_date)
  from deputy d join role_held h on h.id = d.role_held_id join person p on p.id = d.person_id
  where d.person_id = of_person and p.disabled_at is null and d.from_date <= on_day and d.to_date >= on_day
    and h.from_date <= on_day and (h.to_date is null or h.to_date >= on_day)
$$;

-- What became of roles and deputies. Ids and dates only: it outlives the names.
create table role_change (
  id uuid primary key,
  at timestamptz not null,
  type text not null check (type in ('given', 'ended', 'deputy-named', 'deputy-ended')),
  role_held_id uuid not null,
  person_id uuid not null, -- the holder
  -- as the leaf of the log asks for it
  item_kind text not null default 'person',
  item_id uuid generated always as (person_id) stored,
  deputy_id uuid, -- the person who acts for the holder
  role text not null,
  organisation_id uuid not null, -- for which the role is held
  supplier_id uuid,
  from_date date not null,
  to_date date,
  actor_id uuid not null,
  actor_role text not null,
  -- set when the actor did it as somebody's deputy
  on_behalf_of uuid
);
create index role_change_person on role_change (person_id, at desc);

-- A token acts as its person, in one role, within its scopes. Only the hash of it is here.
create table api_token (
  id uuid primary key,
  person_id uuid not null references person (id) on delete cascade,
  role text not null,
  organisation_id uuid not null references organisation (id), -- that of the role, or one below it
  name text not null,
  scopes text[] not null check (scopes <@ array['read', 'write', 'import', 'provision', 'log'] and cardinality(scopes) > 0),
  token_hash text not null unique, -- sha-256
  hint text not null, -- the first signs, so that a person can tell tokens apart
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by uuid
);
create index api_token_person on api_token (person_id);
create index api_token_organisation on api_token (organisation_id);

-- How often a sign-in or a token was tried: shared by all servers. Keys are hashes; windows that are over are removed.
create table rate_count (
  key_hash text not null,
  window_start timestamptz not null,
  hits integer not null,
  primary key (key_hash, window_start)
);

select isolate_by('deputy', 'organisation_id in (select organisations_read()) or person_id = (select scope_id(''person''))',
  'organisation_id in (select organisations_written())');
select isolate_by('role_change', 'organisation_id in (select organisations_held()) or person_id = (select scope_id(''person''))
  or deputy_id = (select scope_id(''person''))', 'organisation_id in (select organisations_written())');
select append_only('role_change');
create trigger role_change_append_only before update or delete on role_change for each row execute function refuse_change();
-- Everybody has tokens of one's own; who runs the house sees and ends those of the organisations below the role.
select isolate_by('api_token', 'person_id = (select scope_id(''person'')) or organisation_id in (select organisations_held())',
  'person_id = (select scope_id(''person'')) or organisation_id in (select organisations_written())');
select isolate_system('rate_count');
create trigger role_change_logged after insert on role_change
  referencing new table as new_rows for each statement execute function log_row();

-- A deputy acts in the name of another: every row of history says so. The transaction tells it together with the scope, so
-- that no statement of any room has to.
alter table audit_entry add column token_id uuid;
alter table audit_entry add column on_behalf_of uuid;
alter table change add column on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid;
alter table assessment add column on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid;
alter table judgement add column on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid;
