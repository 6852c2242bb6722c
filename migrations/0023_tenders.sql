-- Tenders: which suppliers were asked, with which texts, what each answered, how the answers were evaluated. A supplier
-- sees the texts that were sent to it and its own answers; the ministry sees an answer once it was handed in; nobody but
-- the ministry sees bidders, evaluations and awards (DS-920 v1.0, section 3, 2; what a supplier may see is our preset).

-- What suppliers are told of a procurement besides the items, as it was when they were first asked.
create table tender (
  procurement_id uuid primary key references procurement (id) on delete cascade,
  system_id uuid not null,
  organisation_id uuid not null references organisation (id),
  number text not null,
  title text not null,
  organisation_ja text not null,
  organisation_en text not null,
  message text not null default '',
  -- the latest sending
  sending integer not null default 1,
  version integer not null default 1,
  sent_at timestamptz not null
);

-- The texts as they were sent; a changed one is sent anew under the next number and replaces none.
create table tender_item (
  id uuid primary key,
  procurement_id uuid not null references procurement (id) on delete cascade,
  system_id uuid not null,
  organisation_id uuid not null references organisation (id),
  sending integer not null,
  item text not null, -- 'p-06'
  position integer not null,
  title_ja text not null,
  title_en text not null,
  requirement text not null,
  chapter text not null,
  evidence jsonb not null, -- texts, in order
  verification text[] not null,
  -- no longer asked from this sending on
  dropped boolean not null default false,
  sent_at timestamptz not null,
  unique (procurement_id, item, sending)
);

create table bidder (
  id uuid primary key,
  procurement_id uuid not null references procurement (id) on delete cascade,
  system_id uuid not null,
  organisation_id uuid not null references organisation (id),
  supplier_id uuid not null references supplier (id),
  label text not null, -- 'A社'; the supplier never sees it
  contact_name text not null,
  contact_mail text not null,
  deadline timestamptz not null,
  state text not null default 'invited' check (state in ('invited', 'answering', 'handed-in', 'withdrawn', 'awarded', 'ended')),
  -- how often it was handed in
  handed_in integer not null default 0,
  handed_in_at timestamptz,
  -- reminders that went out for this deadline
  reminded_for timestamptz,
  invited_at timestamptz not null,
  invited_by uuid not null,
  version integer not null default 1,
  updated_at timestamptz not null,
  unique (procurement_id, supplier_id),
  unique (procurement_id, label),
  check ((handed_in = 0) = (handed_in_at is null))
);
create index bidder_supplier on bidder (supplier_id);
create index bidder_deadline on bidder (deadline) where state in ('invited', 'answering');

-- The people to whom a tender was sent: the contact who comes by link (a person of this tender alone), and contacts of the
-- supplier who sign in.
create table bidder_contact (
  bidder_id uuid not null references bidder (id) on delete cascade,
  person_id uuid not null references person (id) on delete cascade,
  organisation_id uuid not null references organisation (id),
  way text not null check (way in ('link', 'sign-in')),
  added_at timestamptz not null,
  removed_at timestamptz,
  primary key (bidder_id, person_id)
);
create index bidder_contact_person on bidder_contact (person_id);

-- A link by which the contact comes in. The token is known to its mail alone; here is its hash, once it was made.
create table tender_link (
  id uuid primary key,
  bidder_id uuid not null references bidder (id) on delete cascade,
  person_id uuid not null references person (id) on delete cascade,
  organisation_id uuid not null references organisation (id),
  token_hash text unique, -- sha-256
  way text not null check (way in ('mail', 'shown')),
  made_at timestamptz not null,
  made_by uuid not null,
  -- when the mail went out, or the link was shown
  given_at timestamptz,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index tender_link_bidder on tender_link (bidder_id);
create unique index tender_link_one on tender_link (bidder_id) where revoked_at is null;

-- One row for every item asked of every bidder, from the day it was asked: an answer that is not there is seen as such.
create table bidder_answer (
  id uuid primary key,
  bidder_id uuid not null references bidder (id) on delete cascade,
  procurement_id uuid not null references procurement (id) on delete cascade,
  organisation_id uuid not null references organisation (id),
  supplier_id uuid not null references supplier (id),
  item text not null,
  fulfils text check (fulfils in ('yes', 'partly', 'no')), -- null: not answered yet
  text text not null default '',
  -- the text that was answered
  tender_item_id uuid references tender_item (id) on delete cascade,
  -- an earlier answer, or the place of a model description (src/procurement/tenders/model.ts: TakenFrom)
  taken_from jsonb,
  version integer not null default 1,
  updated_at timestamptz not null,
  updated_by uuid not null,
  unique (bidder_id, item),
  check (fulfils is null or tender_item_id is not null)
);
create index bidder_answer_procurement on bidder_answer (procurement_id);

-- What was handed in, as it was: each time a whole.
create table handed_answer (
  id uuid primary key,
  answer_id uuid not null references bidder_answer (id) on delete cascade,
  bidder_id uuid not null references bidder (id) on delete cascade,
  procurement_id uuid not null references procurement (id) on delete cascade,
  system_id uuid not null,
  organisation_id uuid not null references organisation (id),
  supplier_id uuid not null references supplier (id),
  handing_in integer not null, -- 1, 2, …
  item text not null,
  fulfils text check (fulfils in ('yes', 'partly', 'no')),
  text text not null,
  tender_item_id uuid references tender_item (id) on delete cascade,
  taken_from jsonb,
  evidence uuid[] not null,
  at timestamptz not null,
  unique (answer_id, handing_in)
);
create index handed_answer_bidder on handed_answer (bidder_id, handing_in);
create index handed_answer_supplier on handed_answer (supplier_id, item, at desc) where fulfils is not null;

-- The ministry's mark; a row is there once somebody evaluated.
create table evaluation (
  bidder_id uuid not null references bidder (id) on delete cascade,
  item text not null,
  procurement_id uuid not null references procurement (id) on delete cascade,
  system_id uuid not null,
  organisation_id uuid not null references organisation (id),
  mark text check (mark in ('meets', 'partly', 'fails')), -- null: taken back
  reason text not null default '',
  -- which handing in was evaluated; 0: nothing was handed in
  handing_in integer not null,
  version integer not null default 1,
  at timestamptz not null,
  by uuid not null,
  primary key (bidder_id, item)
);
create index evaluation_procurement on evaluation (procurement_id);

create table award (
  procurement_id uuid primary key references procurement (id) on delete cascade,
  bidder_id uuid not null references bidder (id) on delete cascade,
  system_id uuid not null,
  organisation_id uuid not null references organisation (id),
  reason text not null check (length(trim(reason)) > 0),
  at timestamptz not null,
  by uuid not null
);

-- What the ministry did in a tender, and what a supplier did. Both outlive it.
create table tender_change (
  id uuid primary key,
  at timestamptz not null,
  type text not null,
  procurement_id uuid not null,
  system_id uuid not null,
  organisation_id uuid not null,
  item_kind text not null default 'procurement',
  item_id uuid generated always as (procurement_id) stored,
  bidder_id uuid,
  item text,
  fields jsonb not null,
  digest text,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid
);
create index tender_change_procurement on tender_change (procurement_id, at desc, id desc);
create table bidder_answer_change (
  id uuid primary key,
  at timestamptz not null,
  type text not null check (type in ('answer-saved', 'handed-in')),
  bidder_id uuid not null,
  procurement_id uuid not null,
  organisation_id uuid not null,
  supplier_id uuid not null,
  item_kind text not null default 'bidder',
  item_id uuid generated always as (bidder_id) stored,
  item text,
  version integer,
  fulfils text,
  text text,
  taken_from jsonb,
  -- of a handing in: its number, and sha-256 of the canonical JSON of what was handed in
  handing_in integer,
  digest text,
  actor_id uuid not null,
  actor_role text not null,
  on_behalf_of uuid default nullif(current_setting('tenbin.behalf', true), '')::uuid
);
create index bidder_answer_change_bidder on bidder_answer_change (bidder_id, at desc, id desc);

-- The tenders that were sent to the person who asks.
create function bidders_sent() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  as $$ select c.bidder_id from bidder_contact c join bidder b on b.id = c.bidder_id
    where scope_is('role', 'supplier') and c.person_id = scope_id('person') and c.removed_at is null
      and b.supplier_id = scope_id('supplier') $$;
create function tenders_sent() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  as $$ select b.procurement_id from bidder b where b.id in (select bidders_sent()) $$;
-- Organisations of the ministry for which a supplier's contact was named: what the supplier handed in there before is its own
-- to use again. What it handed in elsewhere is not shown by the word of this ministry that somebody speaks for it.
create function organisations_of_own_ministry() returns setof uuid language sql stable parallel safe security definer set search_path = public, pg_temp
  as $$ select o.id from organisation o where scope_is('role', 'supplier')
    and o.path[1] = (select h.path[1] from organisation h where h.id = scope_id('organisation')) $$;

select isolate_by('tender', 'organisation_id in (select organisations_held())
    or organisation_id in (select organisations_read()) and exists (select 1 from ai_system s where s.id = system_id)
    or procurement_id in (select tenders_sent())', 'organisation_id in (select organisations_written())');
select isolate_by('tender_item', 'organisation_id in (select organisations_held())
    or organisation_id in (select organisations_read()) and exists (select 1 from ai_system s where s.id = system_id)
    or procurement_id in (select tenders_sent())', 'organisation_id in (select organisations_written())');
select isolate_by('bidder', 'organisation_id in (select organisations_held())
    or organisation_id in (select organisations_read()) and exists (select 1 from ai_system s where s.id = system_id)
    or id in (select bidders_sent())', 'organisation_id in (select organisations_written())');
select isolate_by('bidder_contact', 'organisation_id in (select organisations_read()) or bidder_id in (select bidders_sent())',
  'organisation_id in (select organisations_written())');
select isolate('tender_link');
select isolate_by('bidder_answer', 'bidder_id in (select bidders_sent())', 'bidder_id in (select bidders_sent())');
select isolate_by('bidder_answer_change', 'bidder_id in (select bidders_sent())', 'bidder_id in (select bidders_sent())');
select isolate_by('handed_answer', 'organisation_id in (select organisations_held())
    or organisation_id in (select organisations_read()) and exists (select 1 from ai_system s where s.id = system_id)
    or bidder_id in (select bidders_sent())
    or (select scope_is(''role'', ''supplier'')) and supplier_id = (select scope_id(''supplier''))
      and organisation_id in (select organisations_of_own_ministry())',
  'bidder_id in (select bidders_sent())');
select isolate_with_system('evaluation');
select isolate_with_system('award');
select isolate_with_system('tender_change');

select append_only('tender_item');
select append_only('handed_answer');
select append_only('tender_change');
select append_only('bidder_answer_change');
create trigger tender_change_append_only before update or delete on tender_change for each row execute function refuse_change();
create trigger bidder_answer_change_append_only before update or delete on bidder_answer_change
  for each row execute function refuse_change();
create trigger tender_change_logged after insert on tender_change
  referencing new table as new_rows for each statement execute function log_row();
create trigger bidder_answer_change_logged after insert on bidder_answer_change
  referencing new table as new_rows for each statement execute function log_row();
