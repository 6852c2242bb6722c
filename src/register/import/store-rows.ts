import { sql } from 'kysely'

import type { Tx } from '#audit/transaction.ts'
import { type FieldId, fieldOf, isFieldId } from '#register/fields.ts'
import type { Fact, Facts } from '#register/model.ts'
import type { RowFacts, RowJudgement } from '#register/spreadsheet/judge-rows.ts'
import { type NewRow, storeSystems } from '#register/store-systems.ts'

import type { Mark } from './api.ts'
import { pathKey, type Placement, placeOrganisations } from './place-organisations.ts'
import type { JudgedTable } from './read-table.ts'
import { insertRows, insertUnits, unitsOf } from './store.ts'

/** Rows that go to the database together; between two parts progress is told and a cancel is heard. */
const part = 200

/**
 * Stores the judged rows: organisations that are missing, then systems, then the rows with what became of them.
 * @param tell  receives the number of rows done; what it throws ends the transaction
 * @returns rows per flag that only the register could give
 */
export async function storeRows(
  t: Tx,
  work: { id: string; organisationId: string; judged: JudgedTable },
  tell: (done: number) => void,
): Promise<Record<string, number>> {
  const { rows, table } = work.judged
  const stored = rows.filter((row) => row.outcome === 'stored')
  const missing = table.map.organisation?.missing ?? 'flag'
  const placement = placeOrganisations(
    await unitsOf(t.db),
    work.organisationId,
    stored.map((r) => r.organisation),
    missing,
    t.newId,
  )
  await insertUnits(t, placement.created)
  const known = await knownIds(t, work.organisationId, stored)
  const counts: Record<string, number> = {}
  for (let i = 0; i < rows.length; i += part) {
    tell(i)
    const these = rows.slice(i, i + part)
    const systems = await storePart(t, work, these, placement)
    const records = these.map((row) => {
      const more = row.outcome === 'stored' ? registerFlags(row, placement, known) : []
      for (const { code } of more) counts[code] = (counts[code] ?? 0) + 1
      return { ...row, flags: [...row.flags, ...more], systemId: systems.get(row.rowNumber) ?? null }
    })
    await insertRows(t, work.id, work.organisationId, records)
  }
  tell(rows.length)
  return counts
}

async function storePart(
  t: Tx,
  work: { id: string; organisationId: string },
  rows: readonly RowJudgement[],
  placement: Placement,
): Promise<Map<number, string>> {
  const stored = await storeSystems(t, {
    importId: work.id,
    rows: rows
      .filter((row) => row.outcome === 'stored')
      .map((row) => newRow(row, placement.byPath.get(pathKey(row.organisation)) ?? work.organisationId)),
  })
  return new Map(stored.map((s) => [s.rowNumber!, s.systemId]))
}

/** Names of suppliers and models become records; everything else is a fact of the system or of its use. */
function newRow(row: RowJudgement, organisationId: string): NewRow {
  const supplier = namesIn(row.facts, 'supplier')[0]
  const models = namesIn(row.facts, 'models')
  return {
    rowNumber: row.rowNumber,
    organisationId,
    facts: ofScope(row.facts, 'system'),
    useFacts: ofScope(row.facts, 'use'),
    ...(supplier === undefined ? {} : { supplierName: supplier }),
    ...(models.length === 0 ? {} : { modelNames: models }),
  }
}

function namesIn(facts: RowFacts, field: 'supplier' | 'models'): readonly string[] {
  const fact = facts[field]
  if (!fact || !('value' in fact)) return []
  return typeof fact.value === 'object' ? fact.value : [String(fact.value)]
}

const byName = (id: FieldId, fact: Fact) => (id === 'supplier' || id === 'models') && 'value' in fact

const ofScope = (facts: RowFacts, scope: 'system' | 'use'): Facts =>
  Object.fromEntries(
    Object.entries(facts).filter(
      ([id, fact]) => isFieldId(id) && fieldOf(id).scope === scope && fact !== undefined && !byName(id, fact),
    ),
  )

function registerFlags(row: RowJudgement, placement: Placement, known: ReadonlySet<string>): Mark[] {
  return [
    ...(placement.unmatched.has(pathKey(row.organisation))
      ? [{ code: 'organisation-unmatched', params: { path: row.organisation } }]
      : []),
    ...(row.sourceId !== null && known.has(row.sourceId) ? [{ code: 'id-known', params: { id: row.sourceId } }] : []),
  ]
}

/** Ids of the sender that systems of the same organisation have already: stored all the same, and flagged. */
async function knownIds(t: Tx, organisationId: string, rows: readonly RowJudgement[]): Promise<Set<string>> {
  const ids = [...new Set(rows.flatMap((row) => row.sourceId ?? []))]
  if (ids.length === 0) return new Set()
  const { rows: found } = await sql<{ id: string }>`
    select distinct s.facts #>> '{source-id,value}' as id from ai_system s join organisation o on o.id = s.organisation_id
    where ${organisationId}::uuid = any(o.path) and s.facts #>> '{source-id,value}' = any(${ids}::text[])`.execute(t.db)
  return new Set(found.map((row) => row.id))
}
