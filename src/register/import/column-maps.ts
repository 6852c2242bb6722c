import { sql } from 'kysely'

import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { type ColumnMap, columnMapSchema } from '#register/spreadsheet/column-map.ts'
import { loadColumnMaps } from '#register/spreadsheet/load-column-map.ts'

export type KnownMap = { readonly id: string; readonly shipped: boolean; readonly map: ColumnMap }

/** The maps that came as files; read once at the start, so that a faulty file is told then. */
export const shippedMaps = (folders: readonly string[]): readonly KnownMap[] =>
  folders.flatMap((folder) => loadColumnMaps(folder).map((map) => ({ id: map.id, shipped: true, map })))

export async function savedMaps(db: Db): Promise<KnownMap[]> {
  const { rows } = await sql<{ id: string; map: ColumnMap }>`select id, map from column_map order by name, id`.execute(
    db,
  )
  return rows.map(({ id, map }) => ({ id, shipped: false, map: columnMapSchema.parse(map) }))
}

/** @returns the map as data. @throws AppError `bad-input` with where it is not one */
export function parseMap(value: unknown): ColumnMap {
  const parsed = columnMapSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((i) => ({ path: `/${i.path.join('/')}`, keyword: i.code, message: i.message }))
  throw new AppError('bad-input', { in: 'map', issues })
}

/**
 * Saves a map under a name, for the next file of the same sender; the same name again is the next version of it.
 * @throws AppError `not-permitted`, `bad-input`
 */
export async function saveMap(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  input: { name: string; map: unknown },
): Promise<{ id: string; version: number }> {
  deps.may(actor, 'manage-maps')
  const map = parseMap({ ...(input.map as object), name: { ja: input.name, en: input.name } })
  return deps.tx(actor, async (t) => {
    const { rows } = await sql<{ id: string; version: number }>`
      insert into column_map (id, organisation_id, name, map, created_at, created_by, updated_at)
      values (${t.newId()}, ${actor.organisationId}, ${input.name}, ${JSON.stringify(map)}::jsonb, ${t.at.toISOString()},
        ${actor.personId}, ${t.at.toISOString()})
      on conflict (organisation_id, name) do update set map = excluded.map, version = column_map.version + 1,
        updated_at = excluded.updated_at
      returning id, version`.execute(t.db)
    const saved = rows[0]!
    await t.append({
      type: 'column-map.saved',
      itemKind: 'column-map',
      itemId: saved.id,
      detail: { version: saved.version },
    })
    return saved
  })
}

/** @throws AppError `not-permitted`, `not-found` */
export async function removeMap(deps: { tx: RunTx; may: May }, actor: Actor, id: string): Promise<void> {
  deps.may(actor, 'manage-maps')
  return deps.tx(actor, async (t) => {
    const { rows } =
      await sql`delete from column_map where id = ${id} and organisation_id = ${actor.organisationId} returning id`.execute(
        t.db,
      )
    if (rows.length === 0) throw new AppError('not-found', { map: id })
    await t.append({ type: 'column-map.removed', itemKind: 'column-map', itemId: id })
  })
}
