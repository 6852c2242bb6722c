-- Whoever reads across ministries reads what was brought to them. Files behind a requirement or an answer of a supplier were
-- brought to nobody but the ministry that buys.
create policy of_who_buys on evidence as restrictive for select using (item_kind not in ('check-item', 'tender-answer')
  or (select scope_is('reads', 'everything')) or not (select scope_is('reads', 'all')));
