-- Files that a supplier attaches to its answers: seen by that supplier, and by the ministry once they were handed in.
create or replace function answer_of_supplier(uuid) returns boolean language sql stable parallel safe
  as $$ select exists (select 1 from bidder_answer a where a.id = $1 and a.bidder_id in (select bidders_sent())) $$;

-- Whether a supplier may still change an answer: the tender waits for it.
create function answer_open(uuid) returns boolean language sql stable parallel safe security definer set search_path = public, pg_temp
  as $$ select exists (select 1 from bidder_answer a join bidder b on b.id = a.bidder_id
    where a.id = $1 and b.state in ('invited', 'answering', 'handed-in') and b.deadline > now()) $$;
-- A file belongs to what was handed in, not to a draft.
create function handed_in_with(answer uuid, evidence uuid) returns boolean language sql stable parallel safe
  as $$ select exists (select 1 from handed_answer h where h.answer_id = $1 and $2 = any (h.evidence)) $$;

create policy drafts_stay_with_the_supplier on evidence as restrictive for select
  using (item_kind <> 'tender-answer' or (select scope_is('reads', 'everything'))
    or (select scope_is('role', 'supplier')) and answer_of_supplier(item_id)
    or not (select scope_is('role', 'supplier')) and handed_in_with(item_id, id));
create policy answers_are_the_suppliers on evidence as restrictive for insert
  with check (item_kind <> 'tender-answer' or (select scope_is('writes', 'everything')) or (select scope_is('role', 'supplier')));
create policy supplier_adds on evidence for insert
  with check (item_kind = 'tender-answer' and (select scope_is('role', 'supplier')) and answer_of_supplier(item_id));
create policy supplier_withdraws on evidence for update
  using (item_kind = 'tender-answer' and (select scope_is('role', 'supplier')) and answer_of_supplier(item_id)
    and answer_open(item_id));
