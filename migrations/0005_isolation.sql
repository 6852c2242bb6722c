-- Row-level security: what a person may see is decided row by row by the database, so that a forgotten condition in the
-- program shows nothing. The application's role owns no table and cannot set these policies aside. The program tells the
-- scope at the beginning of each transaction (src/platform/scope.ts); without a scope no row is seen.

-- What became of each table: a test asks that none is left out.
create table table_isolation (
  name text primary key,
  kind text not null check (kind in ('ministry', 'own', 'system', 'common')),
  -- why a table needs no isolation
  because text
);
-- Privileges of the application's role that differ from reading, adding, changing and removing rows.
create table table_privilege (
  name text primary key,
  privileges text not null
);

create function scope_is(setting text, value text) returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('tenbin.' || setting, true), '') = value $$;
create function scope_id(setting text) returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('tenbin.' || setting, true), '')::uuid $$;
create function scope_exists() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('tenbin.reads', true), '') not in ('', 'nothing') or scope_id('person') is not null $$;

-- These three read the tree of organisations whatever may be seen of it. Whoever reads across ministries (the Advisory Board
-- and its desk) reads nowhere as one of the unit: what is kept to a unit is not for them, wherever they are seated.
create function organisations_held() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  as $$ select id from organisation where path @> array[scope_id('organisation')]
    and not scope_is('reads', 'nothing') and not scope_is('reads', 'all') $$;
create function organisations_read() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  as $$ select o.id from organisation o where case coalesce(current_setting('tenbin.reads', true), '')
    when 'held' then o.path @> array[scope_id('organisation')]
    when 'ministry' then o.path[1] = (select h.path[1] from organisation h where h.id = scope_id('organisation'))
    when 'all' then true else false end $$;
create function organisations_written() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  as $$ select id from organisation where path @> array[scope_id('organisation')] and scope_is('writes', 'held') $$;

-- Policies of one table. A subselect that does not look at the row is asked once a statement, not once a row.
create function isolate_by(tbl text, readable text, writable text) returns void language plpgsql as $$
begin
  execute format('alter table %I enable row level security', tbl);
  execute format('create policy reading on %I for select using ((select scope_is(''reads'', ''everything'')) or (%s))', tbl, readable);
  execute format('create policy adding on %I for insert with check ((select scope_is(''writes'', ''everything'')) or (%s))', tbl, writable);
  execute format('create policy changing on %I for update using ((select scope_is(''writes'', ''everything'')) or (%s))', tbl, writable);
  execute format('create policy removing on %I for delete using ((select scope_is(''writes'', ''everything'')) or (%s))', tbl, writable);
  insert into table_isolation (name, kind) values (tbl, 'ministry')
    on conflict (name) do update set kind = excluded.kind;
end $$;

-- Rows of an organisation: read as far as the role reads, written where the role is held and below.
create function isolate(tbl text) returns void language sql as $$
  select isolate_by(tbl, 'organisation_id in (select organisations_read())', 'organisation_id in (select organisations_written())')
$$;
-- Rows that hang on a system or a use are seen by who sees it; what is left of a removed one, by who held it.
create function isolate_with(tbl text, seen text) returns void language sql as $$
  select isolate_by(tbl, 'organisation_id in (select organisations_held()) or ' || seen,
    'organisation_id in (select organisations_written())')
$$;
-- Rows that carry the word how far they are shared.
create function isolate_shared(tbl text) returns void language sql as $$
  select isolate_by(tbl, 'organisation_id in (select organisations_held())
    or sharing <> ''restricted'' and organisation_id in (select organisations_read())
    or sharing = ''government'' and (select scope_is(''shared'', ''yes''))',
    'organisation_id in (select organisations_written())')
$$;
-- A person's own things.
create function isolate_own(tbl text) returns void language sql as $$
  select isolate_by(tbl, 'person_id = (select scope_id(''person''))', 'person_id = (select scope_id(''person''))');
  update table_isolation set kind = 'own' where name = tbl
$$;
create function isolate_system(tbl text) returns void language sql as $$
  select isolate_by(tbl, 'false', 'false');
  update table_isolation set kind = 'system' where name = tbl
$$;
create function no_ministry_data(tbl text, because text) returns void language sql as $$
  insert into table_isolation (name, kind, because) values (tbl, 'common', because)
$$;
-- The application adds and reads; nobody changes or removes but the owner.
create function append_only(tbl text) returns void language sql as $$
  insert into table_privilege (name, privileges) values (tbl, 'select, insert')
$$;

select no_ministry_data('table_isolation', 'names of tables');
select no_ministry_data('table_privilege', 'names of tables');
select no_ministry_data('schema_migration', 'numbers of migrations');
select no_ministry_data('facet', 'a dictionary of codes');
select no_ministry_data('number_counter', 'the last number given under the code of a ministry');
select no_ministry_data('setting', 'settings of the whole house');
insert into table_privilege (name, privileges) values
  ('table_isolation', 'select'), ('table_privilege', 'select'), ('schema_migration', 'select');

-- How far a system is shared: with its unit alone, the ministry, or all ministries that look for something to reuse. Not
-- said is not "shared": then it is the ministry's own.
alter table ai_system add column sharing text not null
  generated always as (case when facts #>> '{circulation,value}' = 'unit-only' then 'restricted'
    when facts #>> '{reuse-by-others,value}' in ('yes', 'on-request') then 'government' else 'ministry' end) stored;
alter table ai_use add column sharing text not null default 'ministry';
alter table use_listing add column sharing text not null default 'ministry';
alter table use_text add column sharing text not null default 'ministry';

create function sharing_of_use() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'ai_use' then
    select sharing into new.sharing from ai_system where id = new.system_id;
  else
    select sharing into new.sharing from ai_use where id = new.use_id;
  end if;
  return new;
end $$;
create trigger ai_use_sharing before insert on ai_use for each row execute function sharing_of_use();
create trigger use_listing_sharing before insert on use_listing for each row execute function sharing_of_use();
create trigger use_text_sharing before insert on use_text for each row execute function sharing_of_use();

create function sharing_passed_on() returns trigger language plpgsql as $$
begin
  update use_listing set sharing = new.sharing where use_id in (select id from ai_use where system_id = new.id);
  update use_text set sharing = new.sharing where use_id in (select id from ai_use where system_id = new.id);
  update ai_use set sharing = new.sharing where system_id = new.id;
  return null;
end $$;
create trigger ai_system_sharing after update on ai_system
  for each row when (old.sharing is distinct from new.sharing) execute function sharing_passed_on();

-- Names of organisations are known to everybody who is signed in; the tree is changed below one's own place.
select isolate_by('organisation', '(select scope_exists())', 'path @> array[(select scope_id(''organisation''))] and (select scope_is(''writes'', ''held''))');
-- One supplier and one model are one record for all ministries; they are changed by who entered them.
select isolate_by('supplier', '(select scope_exists()) and not (select scope_is(''reads'', ''nothing''))', 'organisation_id in (select organisations_written())');
select isolate_by('model', '(select scope_exists()) and not (select scope_is(''reads'', ''nothing''))', 'organisation_id in (select organisations_written())');
select isolate_by('person', 'organisation_id in (select organisations_read()) or id = (select scope_id(''person''))', 'organisation_id in (select organisations_written())');
select isolate_by('role_held', 'organisation_id in (select organisations_read()) or person_id = (select scope_id(''person''))', 'organisation_id in (select organisations_written())');
select isolate_own('session');
select isolate_own('saved_view');
-- Whoever acts tells the log, of whatever item; read is what happened in the organisation of the role and below.
select isolate_by('audit_entry', 'organisation_id in (select organisations_held())', '(select scope_exists())');
select append_only('audit_entry');
select isolate_by('outbox', 'false', '(select scope_exists())');

select isolate_shared('ai_system');
select isolate_shared('ai_use');
select isolate_shared('use_listing');
select isolate_shared('use_text');
select isolate_with('system_model', 'exists (select 1 from ai_system s where s.id = system_id)');
select isolate_with('change', 'exists (select 1 from ai_system s where s.id = system_id)');
select append_only('change');
select isolate_with('assessment', 'exists (select 1 from ai_use u where u.id = use_id)');
select isolate_with('judgement', 'exists (select 1 from ai_use u where u.id = use_id)');
select isolate_with('finder_draft', 'exists (select 1 from ai_use u where u.id = use_id)');
select isolate_with('import_row', 'exists (select 1 from ai_system s where s.id = system_id)');
select isolate('import');
select isolate('column_map');

-- The lists and the search read these. Row-level security asks its question before any condition that is not leakproof,
-- and so keeps the index over words and filters from being used; a view of the owner asks it beside them. The condition
-- is the same, and a test compares both.
create view listing_seen as select * from use_listing where (select not row_security_active('use_listing'))
  or (select scope_is('reads', 'everything'))
  or organisation_id in (select organisations_held())
  or sharing <> 'restricted' and organisation_id in (select organisations_read())
  or sharing = 'government' and (select scope_is('shared', 'yes'));
create view text_seen as select * from use_text where (select not row_security_active('use_text'))
  or (select scope_is('reads', 'everything'))
  or organisation_id in (select organisations_held())
  or sharing <> 'restricted' and organisation_id in (select organisations_read())
  or sharing = 'government' and (select scope_is('shared', 'yes'));

-- How common pairs of signs are among all uses; the database counts them for its own planning and shows its counts only
-- to who may read every row. They tell of no single use.
create function common_grams() returns table (gram int, part float8) language sql stable security definer set search_path = public, pg_temp
  as $$ select e.gram, e.part from pg_stats s, unnest(s.most_common_elems::text::int[], s.most_common_elem_freqs::float8[]) as e(gram, part)
    where s.schemaname = 'public' and s.tablename = 'use_text' and s.attname = 'grams' and e.gram is not null $$;
