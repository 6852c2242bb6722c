-- Jobs that failed for good, what runs every day, notifications to people, mail preferences, webhooks.

-- On which day of the office a daily job was last put into its queue.
create table job_day (
  name text primary key,
  last_on date not null
);
select isolate_system('job_day');

create table dead_job (
  id uuid primary key, -- that of the job
  name text not null,
  -- that of the item the job was about; nothing for a job of the whole house
  organisation_id uuid,
  payload jsonb not null, -- ids and codes only
  failure jsonb not null, -- {code, params}
  tries integer not null,
  put_at timestamptz not null,
  failed_at timestamptz not null,
  state text not null check (state in ('open', 'retried', 'discarded')),
  decided_at timestamptz,
  decided_by uuid
);
create index dead_job_failed on dead_job (failed_at desc, id desc);
select isolate_system('dead_job');

-- What a person is told. Ids and codes: names are looked up when it is read, as far as the person may still see them.
create table notification (
  id uuid primary key,
  person_id uuid not null references person (id) on delete cascade,
  organisation_id uuid not null, -- that of the item
  -- the role through which it came, if it came to a role; mail looks up names in its scope
  role text,
  role_organisation_id uuid,
  kind text not null,
  item_kind text not null,
  item_id uuid not null,
  params jsonb not null, -- codes, dates and numbers
  created_at timestamptz not null,
  read_at timestamptz,
  -- how the person wanted to be told when it came
  mail text not null check (mail in ('at-once', 'daily', 'none')),
  mailed_at timestamptz,
  -- what happened and to which item: told once to a person, however often a job is tried
  cause text not null,
  unique (person_id, kind, cause)
);
create index notification_person on notification (person_id, created_at desc, id desc);
create index notification_unread on notification (person_id) where read_at is null;
create index notification_to_mail on notification (person_id) where mail = 'daily' and mailed_at is null;
select isolate_own('notification');

-- How a person wants to be told by mail. A kind that is not here follows the preset of the kind.
create table notification_choice (
  person_id uuid not null references person (id) on delete cascade,
  kind text not null,
  mail text not null check (mail in ('at-once', 'daily', 'none')),
  primary key (person_id, kind)
);
select isolate_own('notification_choice');

create table webhook (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  url text not null,
  events text[] not null check (cardinality(events) > 0),
  state text not null check (state in ('active', 'paused', 'failing')),
  -- deliveries in a row that failed for good
  failures integer not null default 0,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null
);
create index webhook_organisation on webhook (organisation_id);
select isolate_by('webhook', 'organisation_id in (select organisations_held())', 'organisation_id in (select organisations_written())');

-- Kept apart from what administrators read; the secret is shown once, when it is made.
create table webhook_secret (
  webhook_id uuid primary key references webhook (id) on delete cascade,
  secret text not null
);
select isolate_system('webhook_secret');

create table webhook_delivery (
  id uuid primary key,
  webhook_id uuid not null references webhook (id) on delete cascade,
  organisation_id uuid not null, -- that of the webhook
  event_id uuid not null,
  type text not null,
  body text not null, -- as it is signed and sent
  state text not null check (state in ('waiting', 'delivered', 'failed')),
  tries integer not null default 0,
  status integer, -- of the last answer, HTTP
  reason text, -- why the last try failed, a code
  created_at timestamptz not null,
  last_try_at timestamptz,
  unique (webhook_id, event_id)
);
create index webhook_delivery_webhook on webhook_delivery (webhook_id, created_at desc, id desc);
select isolate_by('webhook_delivery', 'organisation_id in (select organisations_held())', 'organisation_id in (select organisations_written())');
