-- The transparency log: an RFC 6962 tree over every row of the history tables. What the tree is told is written by the
-- database itself, in the transaction of the change, so that no path through the program can leave it out.
-- The format of leaves, tiles and checkpoints is described in docs/en/audit-log.md.

create table log_inbox (
  -- given one after another while a row is written: a change that began after another was acknowledged has the higher
  -- one, whatever the clock says
  ord bigint generated always as identity primary key,
  kind text not null,
  row_id uuid not null,
  commitment bytea not null,
  -- not there when the row was withheld before its leaf had its place
  salt bytea,
  -- what the leaf says in the open
  fields jsonb not null,
  -- tells how far the sequencer is behind, and nothing else
  put_at timestamptz not null default clock_timestamp()
);

create table log_leaf (
  idx bigint primary key,
  kind text not null,
  row_id uuid not null,
  -- what was hashed, as it was hashed (UTF-8)
  leaf text not null,
  -- removed together with the row: the tree stays valid, and the verifier says "withheld"
  salt bytea
);
create unique index log_leaf_row on log_leaf (kind, row_id) where salt is not null;
create index log_leaf_withheld on log_leaf (kind, row_id) where salt is null;

-- 256 hashes of 32 bytes, or as many as there are yet
create table log_tile (
  level smallint not null,
  n bigint not null,
  hashes bytea not null,
  primary key (level, n)
);
create table log_checkpoint (
  size bigint primary key,
  root bytea not null,
  note text not null,
  signed_at timestamptz not null
);
create table log_cosignature (
  size bigint not null references log_checkpoint (size),
  witness text not null,
  line text not null,
  -- as the witness says
  witnessed_at timestamptz not null,
  seen_at timestamptz not null,
  primary key (size, witness)
);
-- Every key that ever signed for this log. Signing keys themselves are never in the database.
create table log_key (
  position integer primary key,
  -- origin of the checkpoints, and name of the key
  origin text not null,
  -- first four bytes, hex, as in the signature lines
  key_id text not null unique,
  -- Ed25519, 32 bytes
  public_key bytea not null,
  -- sizes of the first and the last checkpoint it signed; both are told to the log by an entry
  first_size bigint,
  last_size bigint,
  added_at timestamptz not null,
  retired_at timestamptz
);
-- Leaves name people by these; whoever is taken out of this table is named by nothing.
create table log_pseudonym (
  person_id uuid primary key,
  pseudonym text not null unique
);

-- What was taken out of the history on purpose. It is history itself.
create table log_withholding (
  id uuid primary key,
  at timestamptz not null,
  actor_id uuid not null,
  actor_role text not null,
  organisation_id uuid not null,
  -- the rule that asked for it: of retention, a person's right, the end of the demonstration
  rule text not null,
  withheld_kind text not null,
  row_ids uuid[] not null
);
create table log_withheld (
  kind text not null,
  row_id uuid not null,
  withholding_id uuid not null references log_withholding (id),
  -- lets the append-only trigger pass for the transaction that takes the row away, and for no other
  xid xid8 not null default pg_current_xact_id(),
  primary key (kind, row_id)
);

-- Runs of the verifier.
create table log_verification (
  id uuid primary key,
  started_at timestamptz not null,
  finished_at timestamptz,
  size bigint,
  root bytea,
  outcome text not null check (outcome in ('running', 'intact', 'faulty', 'failed')),
  findings jsonb not null default '[]',
  counts jsonb not null default '{}',
  -- nobody where it ran by itself
  started_by uuid
);
create index log_verification_at on log_verification (started_at desc);

-- The text a commitment is made over: the row as jsonb, times in UTC. Columns without a value are left out, so that a
-- column added later does not change what old rows say.
create function log_text(r jsonb) returns text language sql stable parallel safe as $$
  select case when jsonb_path_exists(r, '$.* ? (@ == null)')
    then (select coalesce(jsonb_object_agg(e.key, e.value), '{}')::text from jsonb_each(r) e where e.value <> 'null'::jsonb)
    else r::text end
$$;

-- What a leaf says in the open, out of the columns of a row. Ids, codes and times; no text that a person wrote. Tables of
-- other rooms give the columns of an entry the names that are asked for at the end.
create function log_fields(kind text, r jsonb) returns jsonb language sql stable parallel safe as $$
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
$$;

-- A commitment is SHA-256 over 32 bytes of salt (244 bits of them random) and the text of the row: it tells nothing of the
-- row to who does not have the salt, and no other row can be shown for it. For triggers by row, and by statement with
-- `referencing new table as new_rows`.
create function log_row() returns trigger language plpgsql security definer
  set search_path = public, pg_temp set timezone = 'UTC' as $$
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
end $$;

-- The history tables: those with the trigger.
create function log_kinds() returns setof text language sql stable set search_path = public, pg_temp as $$
  select distinct c.relname::text from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where t.tgfoid = 'log_row'::regproc and not t.tgisinternal order by 1
$$;

-- History outlives what it tells of: who takes a use away does not take away what was decided on it.
alter table assessment drop constraint assessment_use_id_fkey;
alter table judgement drop constraint judgement_assessment_id_fkey;

-- Rows of history are neither changed nor removed, except by withhold() below, which tells the log.
create or replace function refuse_change() returns trigger language plpgsql as $$
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
end $$;
create trigger assessment_append_only before update or delete on assessment for each row execute function refuse_change();
create trigger judgement_append_only before update or delete on judgement for each row execute function refuse_change();
create trigger log_withholding_append_only before update or delete on log_withholding
  for each row execute function refuse_change();

-- Of a leaf only the salt may go; leaves, checkpoints and cosignatures stay as they are.
create function refuse_other_leaf() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.salt is null and (new.idx, new.kind, new.row_id, new.leaf) = (old.idx, old.kind, old.row_id, old.leaf) then
    return new;
  end if;
  raise exception 'append-only: log_leaf may not be changed or removed' using errcode = 'insufficient_privilege';
end $$;
create trigger log_leaf_append_only before update or delete on log_leaf for each row execute function refuse_other_leaf();
create function refuse_always() returns trigger language plpgsql as $$
begin
  raise exception 'append-only: % may not be changed or removed', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger log_checkpoint_append_only before update or delete on log_checkpoint
  for each row execute function refuse_always();
create trigger log_cosignature_append_only before update or delete on log_cosignature
  for each row execute function refuse_always();

-- Takes rows out of the history: their text and salts go, their leaves stay, and what was done is told to the log. What
-- the log tells of itself (its keys, refused witnesses, earlier withholdings) stays.
-- Returns how many rows were there.
create function withhold(of_kind text, ids uuid[], because text, entry_id uuid, done_at timestamptz, by_id uuid, by_role text,
  by_organisation uuid) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;

-- One statement tells of however many rows.
create trigger audit_entry_logged after insert on audit_entry
  referencing new table as new_rows for each statement execute function log_row();
create trigger change_logged after insert on change
  referencing new table as new_rows for each statement execute function log_row();
create trigger assessment_logged after insert on assessment
  referencing new table as new_rows for each statement execute function log_row();
create trigger judgement_logged after insert on judgement
  referencing new table as new_rows for each statement execute function log_row();
create trigger log_withholding_logged after insert on log_withholding
  referencing new table as new_rows for each statement execute function log_row();

-- Rows from before the log get their leaves in the order of their time.
set local timezone = 'UTC';
insert into log_inbox (kind, row_id, salt, commitment, fields)
select s.kind, s.id, s.salt, sha256(s.salt || convert_to(log_text(s.r), 'UTF8')), log_fields(s.kind, s.r)
from (select h.*, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) as salt from (
  select 'audit_entry' as kind, id, at, to_jsonb(t) as r from audit_entry t
  union all select 'change', id, at, to_jsonb(t) from change t
  union all select 'assessment', id, made_at, to_jsonb(t) from assessment t
  union all select 'judgement', id, made_at, to_jsonb(t) from judgement t) h offset 0) s
order by s.at, s.id;

-- Only the system sees leaves before it has asked who wants them; hashes, checkpoints and keys are for everybody.
select isolate_system('log_inbox');
select isolate_system('log_leaf');
select isolate_system('log_pseudonym');
select isolate_system('log_withheld');
select isolate_system('log_verification');
select isolate_by('log_withholding', 'organisation_id in (select organisations_held())', 'false');
select isolate_by('log_tile', 'true', 'false');
select isolate_by('log_checkpoint', 'true', 'false');
select isolate_by('log_cosignature', 'true', 'false');
select isolate_by('log_key', 'true', 'false');
update table_isolation set kind = 'system' where name in ('log_tile', 'log_checkpoint', 'log_cosignature', 'log_key');
insert into table_privilege (name, privileges) values
  ('log_inbox', 'select, delete'),
  ('log_leaf', 'select, insert'),
  ('log_tile', 'select, insert, update'),
  ('log_key', 'select, insert, update'),
  ('log_pseudonym', 'select, insert, delete'),
  ('log_withholding', 'select'),
  ('log_withheld', 'select'),
  ('log_verification', 'select, insert, update');
select append_only('log_checkpoint');
select append_only('log_cosignature');
select append_only('assessment');
select append_only('judgement');

-- What concerns the whole house (keys of the log, refused witnesses, strangers at the sign-in) is told for no organisation,
-- and read by whoever reads the log.
alter policy reading on audit_entry using ((select scope_is('reads', 'everything'))
  or organisation_id in (select organisations_held())
  or organisation_id = '00000000-0000-0000-0000-000000000000' and (select scope_exists() and not scope_is('reads', 'nothing')));
