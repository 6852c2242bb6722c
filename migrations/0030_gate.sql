-- A step to the next stage is judged by what several rooms hold. It locks the system (src/register/move-stage.ts); whoever
-- changes what it was judged by waits for it here, or is waited for. Without this a condition could come to bind, or a sheet
-- be opened again, between the question and the step.

create function holds_step() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  of_system uuid := case tg_op when 'DELETE' then old.system_id else new.system_id end;
begin
  if of_system is not null then
    perform 1 from ai_system where id = of_system for share;
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger board_case_holds_step before insert or update or delete on board_case for each row execute function holds_step();
create trigger advice_condition_holds_step before insert or update or delete on advice_condition for each row execute function holds_step();
create trigger procurement_holds_step before insert or update or delete on procurement for each row execute function holds_step();
create trigger check_item_holds_step before insert or update or delete on check_item for each row execute function holds_step();
create trigger rule_version_holds_step before insert or update or delete on rule_version for each row execute function holds_step();

-- The rule of a ministry is looked at by the steps of all its systems: they share one lock, and who changes the rule takes it
-- alone.
create function rule_lock(of_organisation uuid) returns void language sql as $$
  select pg_advisory_xact_lock_shared(hashtext('stage-gate'), hashtext((select path[1]::text from organisation where id = of_organisation))) $$;
create function holds_steps_of_ministry() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  seat uuid := case tg_op when 'DELETE' then old.organisation_id else new.organisation_id end;
begin
  perform pg_advisory_xact_lock(hashtext('stage-gate'), hashtext((select path[1]::text from organisation where id = seat)));
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger rule_version_holds_steps_of_ministry before update or delete on rule_version for each row
  when (old.system_id is null) execute function holds_steps_of_ministry();

-- Files of a condition follow the condition, whatever else opens evidence.
create policy of_seen_condition on evidence as restrictive for select using (item_kind <> 'condition'
  or (select scope_is('reads', 'everything')) or exists (select 1 from advice_condition c where c.id = item_id));
