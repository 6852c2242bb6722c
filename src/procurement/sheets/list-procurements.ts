import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'

import type { ProcurementList, ProcurementRow, SystemWithout } from './api-lists.ts'
import { waitsOf } from './waits.ts'
import type { ProcurementState } from './workflow.ts'

export type ListQuery = {
  readonly state?: readonly ProcurementState[] | undefined
  readonly systemId?: string | undefined
  readonly waits?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
  /** ISO 8601 day: proofs due until then wait. */
  readonly today: string
}

type Counted = Omit<ProcurementRow, 'waits'> & { readonly waits: readonly unknown[] }

/** Procurements that may be seen, newest first, each with its counts and what waits in it. */
export async function listProcurements(db: Db, query: ListQuery): Promise<ProcurementList> {
  const before = query.cursor === undefined ? undefined : readCursor(query.cursor)
  const { rows } = await sql<Counted>`
    select p.id, p.number, p.title, p.state, p.pattern, p.created_at as "createdAt", p.updated_at as "updatedAt",
      jsonb_build_object('id', s.id, 'number', s.number, 'name', coalesce(s.facts #>> '{name,value}', '')) as system,
      jsonb_build_object('ja', o.name_ja, 'en', o.name_en) as organisation,
      c.counts, w.waits
    from procurement p join ai_system s on s.id = p.system_id join organisation o on o.id = p.organisation_id
    cross join lateral (${countsOf}) c
    cross join lateral (select coalesce(jsonb_agg(jsonb_build_object('what', x.what, 'count', x.count, 'since', x.since)
      order by x.what), '[]') as waits from (${waitsOf(query.today)}) x) w
    where true
      ${query.state && query.state.length > 0 ? sql`and p.state = any(${query.state}::text[])` : sql``}
      ${query.systemId === undefined ? sql`` : sql`and p.system_id = ${query.systemId}`}
      ${query.waits === undefined ? sql`` : sql`and exists (select 1 from (${waitsOf(query.today)}) y where y.what = ${query.waits})`}
      ${before === undefined ? sql`` : sql`and (p.created_at, p.id) < (${before.at}::timestamptz, ${before.id}::uuid)`}
    order by p.created_at desc, p.id desc limit ${query.limit + 1}`.execute(db)
  const page = rows.slice(0, query.limit) as ProcurementRow[]
  const last = page.at(-1)
  const next = rows.length > query.limit && last ? writeCursor({ at: last.createdAt, id: last.id }) : null
  return { procurements: page, next, without: before === undefined ? await systemsWithout(db, query.systemId) : [] }
}

const countsOf = sql`
  select jsonb_build_object('items', count(*), 'included', count(*) filter (where i.included),
    'leftOut', count(*) filter (where not i.included), 'undecided', count(*) filter (where i.included is null),
    'agreed', count(*) filter (where i.included and i.clause_state = 'agreed'),
    'proved', count(*) filter (where i.included and exists (select 1 from item_proof f where f.check_item_id = i.id)
      and not exists (select 1 from item_proof f where f.check_item_id = i.id and f.state = 'open'))) as counts
  from check_item i where i.procurement_id = p.id and i.sheet = 'procurement-check'`

/** Systems in the stage of procurement for which nobody has opened one, longest first; as many as one reads. */
async function systemsWithout(db: Db, systemId: string | undefined): Promise<SystemWithout[]> {
  const { rows } = await sql<SystemWithout>`
    select s.id, s.number, coalesce(s.facts #>> '{name,value}', '') as name,
      jsonb_build_object('ja', o.name_ja, 'en', o.name_en) as organisation,
      coalesce(s.facts #>> '{procurement-since,value}', s.updated_at::text) as since
    from ai_system s join organisation o on o.id = s.organisation_id
    where s.organisation_id in (select organisations_held()) and s.facts #>> '{stage,value}' = 'procurement'
      ${systemId === undefined ? sql`` : sql`and s.id = ${systemId}`}
      and not exists (select 1 from procurement p where p.system_id = s.id)
    order by since, s.id limit 100`.execute(db)
  return rows
}

type Place = { readonly at: string; readonly id: string }
const writeCursor = ({ at, id }: Place) => Buffer.from(JSON.stringify([at, id])).toString('base64url')

/** @throws AppError `bad-input` when it is none */
function readCursor(text: string): Place {
  try {
    const [at, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as [unknown, unknown]
    if (typeof at === 'string' && !Number.isNaN(Date.parse(at)) && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id))
      return { at, id }
  } catch {
    // Not JSON: answered below like any other text that is no cursor.
  }
  throw new AppError('bad-input', { issues: [{ path: '/cursor', keyword: 'not-a-cursor' }] })
}
