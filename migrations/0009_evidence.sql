-- Evidence: files that people attach to an item. The bytes lie in the file store under their hash; a row says what they are.
-- A row is never removed by a person: it is withdrawn, and its file goes when the retention rules say so.

create table evidence (
  id uuid primary key,
  organisation_id uuid not null references organisation (id), -- of the item
  item_kind text not null,
  item_id uuid not null,
  title text not null,
  file_name text not null,
  media_type text not null,
  bytes bigint not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  classification text not null,
  added_at timestamptz not null,
  added_by uuid not null,
  added_role text not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_because text,
  demo boolean not null default false,
  check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_because is null))
);
create index evidence_item on evidence (item_id, added_at desc, id desc);
create index evidence_sha256 on evidence (sha256);

-- Evidence of a system is seen by who sees the system as far as the own role reads: that a system is offered to other
-- ministries does not offer its papers.
select isolate_by('evidence', 'organisation_id in (select organisations_held())
    or organisation_id in (select organisations_read())
      and (item_kind <> ''system'' or exists (select 1 from ai_system s where s.id = item_id))',
  'organisation_id in (select organisations_written())');
