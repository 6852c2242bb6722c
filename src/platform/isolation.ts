import { sql } from 'kysely'

import type { Database, Db } from './database.ts'
import { AppError } from './errors.ts'
import { migrationLock } from './migrate.ts'
import { grantJobs } from './jobs-schema.ts'

/**
 * What the application's role may do, given by the owner after each migration: rows of every table, no table itself.
 * Exceptions are data (`table_privilege`), written by the migration that makes the table.
 */
export function grantApplication(owner: Db, role: string): Promise<void> {
  return owner.transaction().execute(async (t) => {
    // Two servers that start at once would change the same rows of the catalogue.
    await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(t)
    await grantAll(t, role)
  })
}

async function grantAll(owner: Db, role: string): Promise<void> {
  const name = sql.id(role)
  const { rows } = await sql<{ table: string; privileges: string }>`
    select c.relname as table, coalesce(p.privileges,
      case c.relkind when 'v' then 'select' else 'select, insert, update, delete' end) as privileges
    from pg_class c join pg_namespace n on n.oid = c.relnamespace left join table_privilege p on p.name = c.relname
    where n.nspname = current_schema() and c.relkind in ('r', 'p', 'v') order by c.relname`.execute(owner)
  await sql`grant usage on schema ${sql.id(await schemaOf(owner))} to ${name}`.execute(owner)
  for (const { table, privileges } of rows) {
    await sql`revoke all on ${sql.id(table)} from ${name}`.execute(owner)
    if (privileges !== '') await sql`grant ${sql.raw(privileges)} on ${sql.id(table)} to ${name}`.execute(owner)
  }
  await sql`grant usage on all sequences in schema ${sql.id(await schemaOf(owner))} to ${name}`.execute(owner)
  await grantJobs(owner, role)
}

const schemaOf = async (db: Db): Promise<string> =>
  (await sql<{ name: string }>`select current_schema() as name`.execute(db)).rows[0]!.name

/** Makes the role under which the embedded engine, and tests, put the application. Roles belong to the whole server. */
export async function makeApplicationRole(owner: Db, role: string): Promise<void> {
  const { rows } = await sql`select 1 from pg_roles where rolname = ${role}`.execute(owner)
  if (rows.length > 0) return
  await sql`create role ${sql.id(role)} nologin`.execute(owner).catch((error: { code?: string }) => {
    // Two that start at once: the other has made it. 42710 and 23505 say so.
    if (!['42710', '23505'].includes(error.code ?? '')) throw error
  })
}

type Found = {
  readonly role: string
  readonly superuser: boolean
  readonly bypasses: boolean
  /** A table that the role owns, and could take the policies from. */
  readonly owns: string | null
  /** A table without policies. */
  readonly open: string | null
}

export function faultOf({ superuser, bypasses, owns, open }: Found) {
  if (superuser) return 'superuser'
  if (bypasses) return 'bypasses'
  if (owns !== null) return 'owns'
  return open === null ? undefined : 'open-table'
}

/**
 * Refuses to run where row-level security could be passed: a role that may set it aside, that owns a table, or a table
 * that is not isolated.
 * @throws AppError `unavailable` (`isolation`) naming the fault, the role and the table
 */
export async function refuseUnisolated(database: Pick<Database, 'scoped' | 'switchesRole'>): Promise<void> {
  // Who signed in can always go back to being that; only where the program itself chooses the role does that not count.
  const role = database.switchesRole ? sql`current_user` : sql`session_user`
  const { rows } = await sql<Found>`
    select r.rolname as role, r.rolsuper as superuser, r.rolbypassrls as bypasses,
      (select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = current_schema() and c.relkind in ('r', 'p', 'v') and pg_has_role(r.oid, c.relowner, 'member')
        order by 1 limit 1) as owns,
      (select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        left join table_isolation i on i.name = c.relname
        where n.nspname = current_schema() and c.relkind in ('r', 'p')
          and (i.name is null or (i.kind <> 'common' and not c.relrowsecurity)) order by 1 limit 1) as open
    from pg_roles r where r.rolname = ${role}`.execute(database.scoped)
  const found = rows[0]!
  const fault = faultOf(found)
  if (fault === undefined) return
  throw new AppError('unavailable', {
    reason: 'isolation',
    found: fault,
    role: found.role,
    table: found.owns ?? found.open ?? '',
  })
}
