-- User's rules of a ministry and of a system (DS-920 CAIO-05, PLN-04): a rule has versions, a version has clauses.

create table user_rule (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  -- nothing: the rule of the ministry
  system_id uuid references ai_system (id) on delete cascade,
  created_at timestamptz not null,
  created_by uuid not null,
  demo boolean not null default false
);
create unique index user_rule_of_ministry on user_rule (organisation_id) where system_id is null;
create unique index user_rule_of_system on user_rule (system_id) where system_id is not null;

create table rule_version (
  id uuid primary key,
  rule_id uuid not null references user_rule (id) on delete cascade,
  organisation_id uuid not null references organisation (id),
  system_id uuid,
  number integer not null check (number >= 1),
  state text not null check (state in ('draft', 'review', 'adopted')),
  -- the guide it began with, id@edition; nothing when it began with the version before
  guide text,
  -- the version before, against which differences are told
  before_id uuid references rule_version (id) on delete cascade,
  contact jsonb,
  effective_from date,
  ended_from date,
  ended_because text,
  review_began_at timestamptz,
  adopted_at timestamptz,
  adopted_by uuid,
  adopted_role text,
  -- SHA-256 of the content as canonical JSON, set with the adoption
  digest text check (digest ~ '^[0-9a-f]{64}$'),
  substance boolean,
  -- the day of which the event that it came into force was told
  told_in_force boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  unique (rule_id, number),
  check ((state = 'adopted') = (adopted_at is not null) and (state = 'adopted') = (digest is not null)
    and (state <> 'adopted' or effective_from is not null and substance is not null))
);
-- One version is worked on at a time.
create unique index rule_version_open on rule_version (rule_id) where state in ('draft', 'review');
create index rule_version_organisation on rule_version (organisation_id, state, effective_from);
create index rule_version_system on rule_version (system_id) where system_id is not null;

create table rule_clause (
  version_id uuid not null references rule_version (id) on delete cascade,
  -- stable over versions: u-06
  id text not null,
  section text not null check (section in ('purpose', 'before-use', 'input', 'output', 'contact')),
  position double precision not null,
  heading jsonb not null,
  body jsonb not null,
  staff jsonb not null default '[]',
  settings jsonb not null default '[]',
  based_on text,
  -- what changed, in words for staff
  change jsonb,
  wording_only text,
  same_meaning_at timestamptz,
  same_meaning_by uuid,
  removed_because text,
  version integer not null default 1,
  updated_at timestamptz not null,
  updated_by uuid not null,
  primary key (version_id, id)
);

-- Who is asked to look at a version before it is adopted, and what they found.
create table rule_review (
  version_id uuid not null references rule_version (id) on delete cascade,
  person_id uuid not null references person (id) on delete cascade,
  organisation_id uuid not null references organisation (id),
  named_at timestamptz not null,
  finding text check (finding in ('confirmed', 'sent-back')),
  remark text,
  found_at timestamptz,
  primary key (version_id, person_id),
  check ((finding is null) = (found_at is null))
);
create index rule_review_person on rule_review (person_id) where finding is null;

create table rule_event (
  id uuid primary key,
  at timestamptz not null,
  type text not null check (type in ('rule-begun', 'version-begun', 'clause-added', 'clause-changed', 'clause-moved',
    'clause-removed', 'clause-restored', 'meaning-confirmed', 'version-changed', 'review-began', 'review-confirmed',
    'review-sent-back', 'back-to-draft', 'adopted', 'in-force', 'ended', 'discarded')),
  rule_id uuid not null,
  version_id uuid not null,
  item_kind text not null default 'user-rule',
  item_id uuid generated always as (rule_id) stored,
  organisation_id uuid not null,
  system_id uuid,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid,
  -- the digest of what was adopted
  digest text,
  detail jsonb not null default '{}'
);
create index rule_event_rule on rule_event (rule_id, at desc, id desc);

-- Who works on rules sees them before they are adopted; staff, the Board and the Desk see what was adopted.
create function rule_drafts_seen() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('tenbin.role', true), '') in ('caio', 'caio-office', 'planner', 'provider', 'administrator', 'auditor') $$;

select isolate_by('user_rule', 'organisation_id in (select organisations_read())
    and (system_id is null or exists (select 1 from ai_system s where s.id = system_id))',
  'organisation_id in (select organisations_written())');
select isolate_by('rule_version', 'organisation_id in (select organisations_read())
    and (state = ''adopted'' or (select rule_drafts_seen()))
    and (system_id is null or exists (select 1 from ai_system s where s.id = system_id))',
  'organisation_id in (select organisations_written())');
select isolate_by('rule_clause', 'exists (select 1 from rule_version v where v.id = version_id)',
  'version_id in (select v.id from rule_version v where v.organisation_id in (select organisations_written()))');
-- A reviewer need not stand above the rule: what was found is the reviewer's own.
select isolate_by('rule_review', 'organisation_id in (select organisations_read()) and (select rule_drafts_seen())
    or person_id = (select scope_id(''person''))',
  'organisation_id in (select organisations_written()) or person_id = (select scope_id(''person''))');
select isolate_by('rule_event', 'organisation_id in (select organisations_read()) and (select rule_drafts_seen())',
  'organisation_id in (select organisations_written()) or actor_id = (select scope_id(''person''))');
select append_only('rule_event');
create trigger rule_event_append_only before update or delete on rule_event for each row execute function refuse_change();
create trigger rule_event_logged after insert on rule_event
  referencing new table as new_rows for each statement execute function log_row();

-- What was adopted is what people acknowledge: its clauses stay as they were. With the system its rule goes as a whole.
create function adopted_stays() returns trigger language plpgsql as $$
declare
  seen text;
begin
  select state into seen from rule_version where id = case when tg_op = 'DELETE' then old.version_id else new.version_id end;
  if seen = 'adopted' then
    raise exception 'a clause of an adopted version may not be changed' using errcode = 'insufficient_privilege';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger rule_clause_stays before insert or update or delete on rule_clause for each row execute function adopted_stays();

create function adopted_version_stays() returns trigger language plpgsql as $$
begin
  if old.state = 'adopted' and (new.state, new.number, new.contact, new.effective_from, new.adopted_at, new.adopted_by,
      new.digest, new.substance, new.rule_id, new.before_id) is distinct from (old.state, old.number, old.contact,
      old.effective_from, old.adopted_at, old.adopted_by, old.digest, old.substance, old.rule_id, old.before_id) then
    raise exception 'an adopted version may not be changed' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger rule_version_stays before update on rule_version for each row execute function adopted_version_stays();
