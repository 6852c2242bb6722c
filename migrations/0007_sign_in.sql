-- Sign-in through identity providers, and what a session needs to be seen, switched and ended.

alter table session add column id uuid not null default gen_random_uuid();
alter table session add constraint session_id_unique unique (id);
-- the person whose deputy this session acts as
alter table session add column on_behalf_of uuid;
-- of the contact of a supplier: which one
alter table session add column supplier_id uuid;
-- as configured; null for the local sign-in of evaluation mode
alter table session add column provider text;
alter table session add column issuer text;
alter table session add column subject text;
-- the provider's id of its own session, to end ours when that one ends
alter table session add column provider_session text;
-- handed back to the provider at sign-out, so that it knows which of its sessions to end
alter table session add column id_token text;
alter table session add column browser text not null default 'other';
alter table session add column system text not null default 'other';
create index session_person on session (person_id);
create index session_provider on session (issuer, subject);

-- Whom a provider means. Issuer and subject together are the only name that is never used again (OpenID Connect Core, 5.7).
create table person_identity (
  issuer text not null,
  subject text not null,
  person_id uuid not null references person (id) on delete cascade,
  created_at timestamptz not null,
  last_sign_in_at timestamptz not null,
  primary key (issuer, subject)
);
create index person_identity_person on person_identity (person_id);
select isolate_system('person_identity');

-- A sign-in under way: used once, within minutes, by the browser that began it.
create table sign_in_attempt (
  state_hash text primary key, -- sha-256
  binding_hash text not null, -- sha-256 of the cookie's value
  provider text not null,
  nonce text not null,
  verifier text not null,
  next_path text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index sign_in_attempt_expires on sign_in_attempt (expires_at);
select isolate_system('sign_in_attempt');

-- Logout tokens that were obeyed, until they would be too old anyway: each counts once.
create table logout_token_seen (
  issuer text not null,
  jti text not null,
  expires_at timestamptz not null,
  primary key (issuer, jti)
);
select isolate_system('logout_token_seen');

-- The provider from whose claims a role comes; null when it was entered here. Claims end only what claims gave.
alter table role_held add column provider text;
