-- The high-risk finder: what was answered, which edition judged it, and what the Chief AI Officer decided.

create table assessment (
  id uuid primary key,
  use_id uuid not null references ai_use (id) on delete cascade,
  system_id uuid not null,
  organisation_id uuid not null,
  catalog text not null,
  edition text not null,
  digest text not null,
  answers jsonb not null,
  result jsonb not null,
  outcome text not null,
  -- the facts of the register the verdict rests on, as they were
  rests_on jsonb not null,
  made_at timestamptz not null,
  made_by uuid not null,
  made_role text not null,
  demo boolean not null default false
);
create index assessment_use on assessment (use_id, made_at desc);

-- The Chief AI Officer may decide otherwise than the rule, either way, with a reason. Both stay visible.
create table judgement (
  id uuid primary key,
  assessment_id uuid not null references assessment (id) on delete cascade,
  use_id uuid not null,
  organisation_id uuid not null,
  verdict text not null check (verdict in ('consult-board', 'proceed', 'out-of-scope')),
  reason text not null,
  made_at timestamptz not null,
  made_by uuid not null,
  made_role text not null,
  demo boolean not null default false
);
create index judgement_assessment on judgement (assessment_id, made_at desc);

create table finder_draft (
  use_id uuid primary key references ai_use (id) on delete cascade,
  organisation_id uuid not null,
  person_id uuid not null,
  answers jsonb not null,
  updated_at timestamptz not null
);
