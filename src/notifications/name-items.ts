import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { Notice } from './api.ts'
import { kindOf } from './kinds.ts'

type Item = NonNullable<Notice['item']>

/**
 * Names of the items, as far as whoever asks may see them now: row-level security leaves out the others. Names are not
 * kept with a notification, because the right to see them may end before it is read.
 */
export async function nameItems(
  db: Db,
  notices: readonly Pick<Notice, 'kind' | 'itemId'>[],
): Promise<Map<string, Item>> {
  const names = await nameUses(db, notices)
  for (const [id, item] of await nameRules(db, notices)) names.set(id, item)
  for (const [id, item] of await nameConsultations(db, notices)) names.set(id, item)
  for (const [id, item] of await nameTenders(db, notices)) names.set(id, item)
  for (const [id, item] of await nameCases(db, notices)) names.set(id, item)
  return names
}

/** A case has its title for whoever may know of it, a recused member too. */
async function nameCases(db: Db, notices: Named): Promise<Map<string, Item>> {
  const cases = notices.filter((n) => kindOf(n.kind).item === 'board-case').map((n) => n.itemId)
  if (cases.length === 0) return new Map()
  const { rows } = await sql<Item & { id: string }>`
    select id, title as name, coalesce(number, '') as number from board_case where id = any(${cases}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map(({ id, name, number }) => [id, { name, number }]))
}

/** To a supplier a tender has the title under which it was sent; row-level security shows no other. */
async function nameTenders(db: Db, notices: Named): Promise<Map<string, Item>> {
  const of = (kind: string) => notices.filter((n) => kindOf(n.kind).item === kind).map((n) => n.itemId)
  const [tenders, procurements] = [of('tender'), of('procurement')]
  if (tenders.length + procurements.length === 0) return new Map()
  const { rows } = await sql<Item & { id: string }>`
    select b.id, t.title as name, t.number from bidder b join tender t on t.procurement_id = b.procurement_id
    where b.id = any(${tenders}::uuid[])
    union all select p.id, p.title, p.number from procurement p where p.id = any(${procurements}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, name, number }) => [id, { name, number }]))
}

type Named = readonly Pick<Notice, 'kind' | 'itemId'>[]

/** The rule of a system bears its name; that of a ministry has none beside the name of the ministry. */
async function nameRules(db: Db, notices: Named): Promise<Map<string, Item>> {
  const rules = notices.filter((n) => ['rule', 'user-rule'].includes(kindOf(n.kind).item)).map((n) => n.itemId)
  if (rules.length === 0) return new Map()
  const { rows } = await sql<Item & { id: string }>`
    select v.id, s.facts #>> '{name,value}' as name, s.number from rule_version v join ai_system s on s.id = v.system_id
    where v.id = any(${rules}::uuid[])
    union all select r.id, s.facts #>> '{name,value}', s.number from user_rule r join ai_system s on s.id = r.system_id
    where r.id = any(${rules}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, name, number }) => [id, { name, number }]))
}

async function nameUses(db: Db, notices: Named): Promise<Map<string, Item>> {
  const uses = notices.filter((n) => kindOf(n.kind).item === 'use').map((n) => n.itemId)
  if (uses.length === 0) return new Map()
  const { rows } = await sql<Item & { id: string }>`
    select u.id, u.name, s.number from ai_use u join ai_system s on s.id = u.system_id
    where u.id = any(${uses}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, name, number }) => [id, { name, number }]))
}

/** A question is called by its subject, a report by the name of the ministry. */
async function nameConsultations(db: Db, notices: Named): Promise<Map<string, Item>> {
  const of = (kind: 'consultation' | 'report') =>
    notices.filter((n) => kindOf(n.kind).item === kind).map((n) => n.itemId)
  const [asked, reports] = [of('consultation'), of('report')]
  if (asked.length + reports.length === 0) return new Map()
  const { rows } = await sql<Item & { id: string }>`
    select id, subject as name, coalesce(number, '') as number from consultation where id = any(${asked}::uuid[])
    union all select r.id, o.name_ja, r.period from periodic_report r join organisation o on o.id = r.organisation_id
      where r.id = any(${reports}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, name, number }) => [id, { name, number }]))
}
