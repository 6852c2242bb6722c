-- A legal hold says why something is kept. It is seen by who sees the system: one that is kept to its unit is not told of
-- by its hold. What is left of a removed system is seen by who held it.
alter policy reading on legal_hold using ((select scope_is('reads', 'everything'))
  or organisation_id in (select organisations_held())
  or organisation_id in (select organisations_read())
    and (item_kind <> 'system' or exists (select 1 from ai_system s where s.id = item_id)));
