-- Who is staff, which version of a user's rule each person acknowledged, and which AI a person uses.

-- Roles whose holders work under the user's rules: the people of a ministry. Not the Board and those who work for it, not
-- auditors who only look, not suppliers.
create function staff_roles() returns text[] language sql immutable parallel safe
  as $$ select array['caio', 'caio-office', 'planner', 'provider', 'user', 'administrator'] $$;

-- From when to when a person is staff, by roles that follow each other without a gap; where the person belongs is that of
-- today. Derived from person and role_held. Rows go with the person (person_goes), before those that count them.
create table staff_span (
  person_id uuid not null,
  organisation_id uuid not null,
  since date not null,
  until date not null, -- infinity where no end is known
  primary key (person_id, since)
);
create index staff_span_organisation on staff_span (organisation_id, person_id);

-- The version that each person acknowledged last, of each rule. Derived from acknowledgement.
create table acknowledged (
  rule_id uuid not null references user_rule (id) on delete cascade,
  person_id uuid not null,
  -- where the person belongs now
  organisation_id uuid not null,
  version_id uuid not null,
  number integer not null,
  at timestamptz not null,
  primary key (rule_id, person_id)
);
create index acknowledged_person on acknowledged (person_id);

-- Both counted by place and span of time, so that who is missing among 180,000 people is known from a few rows.
create table staff_count (
  organisation_id uuid not null,
  since date not null,
  until date not null,
  n integer not null,
  primary key (organisation_id, since, until)
);
create table acknowledged_count (
  rule_id uuid not null,
  organisation_id uuid not null,
  number integer not null,
  since date not null,
  until date not null,
  n integer not null,
  primary key (rule_id, organisation_id, number, since, until)
);

create table acknowledgement (
  id uuid primary key,
  at timestamptz not null,
  person_id uuid not null,
  organisation_id uuid not null, -- where the person belonged
  rule_id uuid not null,
  version_id uuid not null,
  number integer not null,
  -- of what was shown: the digest of the version
  digest text not null,
  -- check questions answered before; how well is not recorded
  questions integer not null default 0,
  -- as the leaf of the log asks for it
  type text not null default 'acknowledged',
  item_kind text not null default 'rule-version',
  item_id uuid generated always as (version_id) stored,
  actor_id uuid generated always as (person_id) stored,
  actor_role text not null,
  unique (person_id, version_id)
);
create index acknowledgement_version on acknowledgement (version_id);

-- An AI system that a person said to use: its rule concerns them from that day on.
create table system_in_use (
  person_id uuid not null references person (id) on delete cascade,
  system_id uuid not null references ai_system (id) on delete cascade,
  since date not null,
  primary key (system_id, person_id)
);
create index system_in_use_person on system_in_use (person_id);

-- Staff were asked by somebody to acknowledge: at most once a day for each place.
create table acknowledgement_reminder (
  id uuid primary key,
  at timestamptz not null,
  on_day date not null, -- of the office
  rule_id uuid not null,
  version_id uuid not null,
  organisation_id uuid not null, -- that place and what lies below it
  people integer not null,
  asked_by uuid not null,
  unique (version_id, organisation_id, on_day)
);

create function derive_staff(people uuid[]) returns void language sql security definer set search_path = public, pg_temp as $$
  delete from staff_span where person_id = any(people);
  update acknowledged a set organisation_id = p.organisation_id from person p
  where p.id = a.person_id and a.person_id = any(people) and a.organisation_id <> p.organisation_id;
  insert into staff_span (person_id, organisation_id, since, until)
  select p.id, p.organisation_id, lower(s.span), coalesce(upper(s.span) - 1, 'infinity')
  from person p join (select h.person_id, unnest(range_agg(daterange(h.from_date, h.to_date, '[]'))) as span
    from role_held h where h.person_id = any(people) and h.role = any(staff_roles()) group by h.person_id) s on s.person_id = p.id
  where p.disabled_at is null;
$$;

-- Every change of the two tables is told to the counts, in the order of their keys: two transactions never wait for each other.
create function staff_counted() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;
create trigger staff_span_added after insert on staff_span
  referencing new table as new_rows for each statement execute function staff_counted();
create trigger staff_span_removed after delete on staff_span
  referencing old table as old_rows for each statement execute function staff_counted();

create function acknowledged_counted() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;
create trigger acknowledged_added after insert on acknowledged
  referencing new table as new_rows for each statement execute function acknowledged_counted();
create trigger acknowledged_changed after update on acknowledged
  referencing old table as old_rows new table as new_rows for each statement execute function acknowledged_counted();
create trigger acknowledged_removed after delete on acknowledged
  referencing old table as old_rows for each statement execute function acknowledged_counted();

create function person_goes() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from acknowledged where person_id = old.id;
  delete from staff_span where person_id = old.id;
  return old;
end $$;
create trigger person_goes before delete on person for each row execute function person_goes();

create function staff_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;
create trigger person_moved after update on person
  referencing old table as old_rows new table as new_rows for each statement execute function staff_changed();
create trigger role_held_added after insert on role_held
  referencing new table as new_rows for each statement execute function staff_changed();
create trigger role_held_changed after update on role_held
  referencing old table as old_rows new table as new_rows for each statement execute function staff_changed();
create trigger role_held_removed after delete on role_held
  referencing old table as old_rows for each statement execute function staff_changed();
select derive_staff(array_agg(id)) from person having count(*) > 0;

-- The version of each rule that is in force on a day of the office, and the one since whose coming into force people are
-- asked: the last that changed something in substance. The first one is new as a whole.
create function rules_asking(day date) returns table (rule_id uuid, organisation_id uuid, system_id uuid, version_id uuid,
  number integer, effective_from date, digest text, asked_number integer, asked_from date)
language sql stable as $$
  select r.id, r.organisation_id, r.system_id, v.id, v.number, v.effective_from, v.digest, w.number, w.effective_from
  from user_rule r
  cross join lateral (select x.* from rule_version x where x.rule_id = r.id and x.state = 'adopted' and x.effective_from <= day
    order by x.number desc limit 1) v
  cross join lateral (select y.number, y.effective_from from rule_version y
    where y.rule_id = r.id and y.state = 'adopted' and y.effective_from <= day and y.number <= v.number
    order by y.substance or y.before_id is null desc, case when y.substance then -y.number else y.number end limit 1) w
  where v.ended_from is null or v.ended_from > day
$$;

-- Whom a rule concerns on a day, since when, and the version each acknowledged last: of a ministry everybody who is staff
-- there, of a system those who said that they use it.
create function staff_of_rule(rule uuid, day date) returns table (person_id uuid, organisation_id uuid, since date,
  number integer, at timestamptz)
language sql stable as $$
  select s.person_id, s.organisation_id, greatest(s.since, u.since), a.number, a.at
  from staff_span s
  left join system_in_use u on u.person_id = s.person_id and u.system_id = (select r.system_id from user_rule r where r.id = rule)
  left join acknowledged a on a.rule_id = rule and a.person_id = s.person_id
  where s.since <= day and s.until >= day
    and case when (select r.system_id is null from user_rule r where r.id = rule)
      then s.organisation_id in (select o.id from organisation o
        where o.path @> array[(select r.organisation_id from user_rule r where r.id = rule)])
      else u.since is not null end
$$;

-- Roles that see who has not acknowledged; what the policies say within it, the program asks.
create function follows_acknowledgements() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('tenbin.role', true), '') in ('caio', 'caio-office', 'planner', 'provider', 'auditor') $$;

-- One's own, and those of the people of the organisation of the role and below for who follows them.
select isolate_by('staff_span', 'person_id = (select scope_id(''person''))
  or (select follows_acknowledgements()) and organisation_id in (select organisations_held())', 'false');
select isolate_by('acknowledged', 'person_id = (select scope_id(''person''))
  or (select follows_acknowledgements()) and organisation_id in (select organisations_held())', 'person_id = (select scope_id(''person''))');
select isolate_by('acknowledgement', 'person_id = (select scope_id(''person''))
  or (select follows_acknowledgements()) and organisation_id in (select organisations_held())', 'person_id = (select scope_id(''person''))');
select isolate_by('system_in_use', 'person_id = (select scope_id(''person''))
  or (select follows_acknowledgements()) and person_id in (select s.person_id from staff_span s)', 'person_id = (select scope_id(''person''))');
select isolate_by('acknowledgement_reminder', 'organisation_id in (select organisations_held())', 'organisation_id in (select organisations_written())');
select isolate_by('staff_count', '(select follows_acknowledgements()) and organisation_id in (select organisations_held())', 'false');
select isolate_by('acknowledged_count', '(select follows_acknowledgements()) and organisation_id in (select organisations_held())', 'false');
insert into table_privilege (name, privileges) values
  ('staff_span', 'select'), ('staff_count', 'select'), ('acknowledged_count', 'select'), ('acknowledged', 'select, insert, update'),
  ('acknowledgement_reminder', 'select, insert, delete');
select append_only('acknowledgement');

create trigger acknowledgement_append_only before update or delete on acknowledgement for each row execute function refuse_change();
create trigger acknowledgement_logged after insert on acknowledgement
  referencing new table as new_rows for each statement execute function log_row();
