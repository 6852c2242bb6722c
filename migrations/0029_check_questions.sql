-- A few questions that staff answer before they acknowledge a version of a user's rule.

-- The questions of a version as one list, so that of two who write them at once one is told.
create table check_list (
  version_id uuid primary key references rule_version (id) on delete cascade,
  organisation_id uuid not null,
  version integer not null
);

create table check_question (
  id uuid primary key,
  rule_id uuid not null,
  version_id uuid not null references rule_version (id) on delete cascade,
  organisation_id uuid not null, -- that of the rule
  position integer not null,
  -- [{ja, en}], in the order in which they are shown
  choices jsonb not null,
  -- which of them is right, from 0
  answer integer not null,
  question jsonb not null, -- {ja, en}
  explanation jsonb not null, -- {ja, en}
  clause text, -- id of the clause it asks about, such as u-06
  updated_at timestamptz not null,
  updated_by uuid not null,
  unique (version_id, position) deferrable initially deferred
);

-- That a person answered a question; not what.
create table check_answered (
  person_id uuid not null references person (id) on delete cascade,
  question_id uuid not null references check_question (id) on delete cascade,
  primary key (person_id, question_id)
);

-- What was chosen at first, counted; by whom is recorded nowhere.
create table check_count (
  question_id uuid not null references check_question (id) on delete cascade,
  choice integer not null,
  n integer not null,
  primary key (question_id, choice)
);

select isolate('check_list');
select isolate('check_question');
select isolate_own('check_answered');
select isolate_by('check_count', 'exists (select 1 from check_question q where q.id = question_id) and (select follows_acknowledgements())', 'false');
