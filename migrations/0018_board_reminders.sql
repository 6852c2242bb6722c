-- How often a member was asked to declare: the rule of the docket says how often at most.
alter table board_reminder add column times integer not null default 1 check (times > 0);
create index board_case_updated on board_case (updated_at desc, id desc);
create index board_dossier_case on board_dossier (case_id, number desc);
