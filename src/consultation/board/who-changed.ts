import { sql } from 'kysely'

import type { Name } from '#access/model.ts'
import type { Db } from '#platform/database.ts'

import type { Difference } from './api.ts'
import type { Changed } from './difference.ts'

type Row = {
  readonly at: string
  readonly useId: string | null
  readonly itemId: string
  readonly kind: 'change' | 'verdict' | 'record'
  readonly fields: readonly string[]
  readonly post: Name | null
  readonly organisation: Name | null
}

const post = sql`case when p.id is null then null else jsonb_build_object('ja', p.post_ja, 'en', p.post_en) end as post,
  case when o.id is null then null else jsonb_build_object('ja', o.name_ja, 'en', o.name_en) end as organisation`

/**
 * Since when each difference holds and in whose hands it came about: the latest change of that field after the dossier was
 * frozen, by post and unit. To be called as the system: the register entry of a case need not be open to who reads the case.
 */
export async function withOrigins(
  db: Db,
  changed: readonly Changed[],
  of: { readonly systemId: string; readonly since: string },
): Promise<Difference[]> {
  if (changed.length === 0) return []
  const records = changed.filter(({ scope }) => scope === 'model' || scope === 'supplier').map((one) => one.of)
  const { rows } = await sql<Row>`
    select x.at, x."useId", x."itemId", x.kind, x.fields, ${post} from (
      select c.at, c.use_id as "useId", c.system_id as "itemId", 'change' as kind, c.actor_id,
        array(select f ->> 'field' from jsonb_array_elements(c.fields) f) as fields
      from change c where c.system_id = ${of.systemId} and c.at > ${of.since}::timestamptz
      union all
      select a.made_at, a.use_id, a.system_id, 'verdict', a.made_by, '{}'::text[]
      from assessment a where a.system_id = ${of.systemId} and a.made_at > ${of.since}::timestamptz
      union all
      select j.made_at, j.use_id, u.system_id, 'verdict', j.made_by, '{}'::text[]
      from judgement j join ai_use u on u.id = j.use_id
      where u.system_id = ${of.systemId} and j.made_at > ${of.since}::timestamptz
      union all
      select e.at, null, e.item_id, 'record', e.actor_id,
        array(select jsonb_array_elements_text(coalesce(e.detail -> 'fields', '[]')))
      from audit_entry e where e.item_id = any(${records}::uuid[]) and e.type in ('model.changed', 'supplier.changed')
        and e.at > ${of.since}::timestamptz
    ) x left join person p on p.id = x.actor_id left join organisation o on o.id = p.organisation_id
    order by x.at desc`.execute(db)
  return changed.map((one) => {
    const row = rows.find((candidate) => brought(candidate, one))
    const by = row?.post ? { post: row.post, organisation: row.organisation } : null
    return { ...one, since: row?.at ?? null, by }
  })
}

/** As the history of a model or supplier calls its fields. */
const recordField: Readonly<Record<string, string>> = { version: 'modelVersion' }

function brought(row: Row, { scope, of, field }: Changed): boolean {
  switch (scope) {
    case 'organisation':
    case 'system':
      return row.kind === 'change' && row.fields.includes(field)
    case 'use':
      return row.kind === 'change' && row.useId === of && (field === 'use' || row.fields.includes(field))
    case 'verdict':
      // A verdict is stale because a fact moved.
      return row.useId === of && row.kind === (field === 'stale' ? 'change' : 'verdict')
    case 'model':
    case 'supplier':
      return row.kind === 'record' && row.itemId === of && row.fields.includes(recordField[field] ?? field)
  }
}
