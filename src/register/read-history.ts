import { sql } from 'kysely'

import type { Name } from '#access/model.ts'
import type { May } from '#access/may.ts'
import { placesOf } from '#audit/list-log.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { asSystem } from '#platform/scope.ts'

import type { History, HistoryItem } from './api.ts'
import { textOf } from './model.ts'
import { modelTitle } from './store-lists.ts'
import { modelsById, organisationsById, suppliersById } from './store-names.ts'
import { loadSystem } from './store-read.ts'

/**
 * Changes of a system, newest first, with the names of what they point to. Their order is that of the versions: a clock
 * may have been set back between two of them.
 * @throws AppError `not-found`, `not-permitted`, `bad-input` for a cursor that is none
 */
export async function readHistory(
  deps: { db: Db; may: May },
  actor: Actor,
  asked: { id: string; limit: number; cursor?: string | undefined },
): Promise<History> {
  deps.may(actor, 'read-register')
  const system = await loadSystem(deps.db, asked.id)
  if (!system) throw new AppError('not-found', { system: asked.id })
  const rows = await changes(deps.db, asked.id, asked.limit + 1, readCursor(asked.cursor))
  const items = rows.slice(0, asked.limit)
  const last = items.at(-1)
  const names = await namesIn(deps.db, items)
  return {
    items,
    next: rows.length > items.length && last ? `${last.version}_${last.at}_${last.id}` : null,
    names: { ...names, uses: Object.fromEntries(system.uses.map((u) => [u.id, textOf(u.facts, 'use-name')])) },
  }
}

type Place = { readonly version: number; readonly at: string; readonly id: string }

function readCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const match = /^(\d{1,9})_(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f-]{36})$/.exec(cursor)
  if (!match) throw new AppError('bad-input', { issues: [{ path: '/cursor', keyword: 'not-a-cursor' }] })
  return { version: Number(match[1]), at: match[2]!, id: match[3]! }
}

async function changes(db: Db, systemId: string, limit: number, before: Place | undefined): Promise<HistoryItem[]> {
  const { rows } = await sql<Omit<HistoryItem, 'logIndex'> & { name: Name | null; post: Name | null }>`
    select c.id, c.at, c.kind, c.actor_role as role, c.reason, c.use_id as "useId", c.fields, c.version,
      case when p.id is null then null else jsonb_build_object('ja', p.name_ja, 'en', p.name_en) end as name,
      case when p.id is null then null else jsonb_build_object('ja', p.post_ja, 'en', p.post_en) end as post
    from change c left join person p on p.id = c.actor_id
    where c.system_id = ${systemId} and ${before ? sql`(c.version, c.at, c.id) < (${before.version}, ${before.at}::timestamptz, ${before.id}::uuid)` : sql`true`}
    order by c.version desc, c.at desc, c.id desc limit ${limit}`.execute(db)
  const ids = rows.map(({ id }) => id)
  const places = await asSystem(() => placesOf(db, 'change', ids))
  return rows.map(({ name, post, ...row }) => ({
    ...row,
    actor: name && post ? { name, post } : null,
    logIndex: places.get(row.id) ?? null,
  }))
}

async function namesIn(db: Db, items: readonly HistoryItem[]): Promise<Omit<History['names'], 'uses'>> {
  const ids = (field: string) => [
    ...new Set(
      items
        .flatMap((item) => item.fields)
        .filter((change) => change.field === field)
        .flatMap(({ from, to }) => [from, to])
        .flatMap((fact) => ('value' in fact ? fact.value : []))
        .map(String),
    ),
  ]
  const models = await modelsById(db, ids('models'))
  const byId = new Map(models.map((m) => [m.id, m]))
  const organisations = await organisationsById(db, ids('organisation'))
  return {
    suppliers: Object.fromEntries((await suppliersById(db, ids('supplier'))).map((s) => [s.id, s.name])),
    models: Object.fromEntries(models.map((m) => [m.id, modelTitle({ models: byId }, m.id)])),
    organisations: Object.fromEntries([...organisations].map(([id, o]) => [id, o.path.at(-1)!.name])),
  }
}
