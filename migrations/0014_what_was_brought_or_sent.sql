-- Evidence hangs on more than systems now: on what was brought to the Advisory Board, on what suppliers answer. Who sees
-- such an item is said where its table stands; these two functions are replaced there.
create function case_open(uuid) returns boolean language sql stable parallel safe as $$ select true $$;
create function answer_of_supplier(uuid) returns boolean language sql stable parallel safe as $$ select false $$;

drop policy reading on evidence;
create policy reading on evidence for select using ((select scope_is('reads', 'everything'))
  or organisation_id in (select organisations_held())
  or organisation_id in (select organisations_read())
    and case item_kind
      when 'system' then exists (select 1 from ai_system s where s.id = item_id)
      when 'board-case' then case_open(item_id)
      else true end
  or item_kind = 'tender-answer' and (select scope_is('role', 'supplier')) and answer_of_supplier(item_id));
