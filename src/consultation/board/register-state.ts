import { sql } from 'kysely'

import type { Catalog } from '#catalog/model.ts'
import { marksOfText, type Text } from '#catalog/model-texts.ts'
import type { Assessment } from '#finder/api.ts'
import { assessmentsOf } from '#finder/store.ts'
import type { Db } from '#platform/database.ts'
import { textOf } from '#register/model.ts'
import { loadNames, organisationRef } from '#register/store-names.ts'
import { loadSystem, type StoredUse } from '#register/store-read.ts'

import type { DossierAxis, DossierUse, RegisterState } from './dossier.ts'

/** Editions by id and edition; of one that is not there any more the words are missing. */
type EditionsAtHand = {
  get(catalog: string, edition: string): { readonly content: Catalog } | undefined
}

/**
 * What the register and the finder say of a system now, as a dossier keeps it: with the names behind the ids and with the
 * words of the edition that judged, so that it can be read when neither is there any more.
 * @returns nothing where the system is not there or may not be seen
 */
export async function loadRegisterState(
  db: Db,
  library: EditionsAtHand,
  systemId: string,
): Promise<RegisterState | undefined> {
  const system = await loadSystem(db, systemId)
  if (!system) return undefined
  const names = await loadNames(db, [system])
  const organisation = organisationRef(names.organisations.get(system.organisationId)!)
  const several = system.uses.length > 1
  const uses: DossierUse[] = []
  for (const use of system.uses) uses.push(await useState(db, library, use, several))
  return {
    organisation: { id: organisation.id, name: organisation.name },
    system: { id: system.id, number: system.number, name: textOf(system.facts, 'name'), facts: system.facts },
    suppliers: await suppliersOf(db, [...names.suppliers.keys()]),
    models: await modelsOf(db, [...names.models.keys()]),
    uses,
  }
}

async function useState(db: Db, library: EditionsAtHand, use: StoredUse, several: boolean): Promise<DossierUse> {
  const { id, position, facts, verdict, ruledVerdict, stale } = use
  const counted =
    use.assessmentId === null ? undefined : (await assessmentsOf(db, id)).find((a) => a.id === use.assessmentId)
  return {
    id,
    position,
    name: several ? textOf(facts, 'use-name') || null : null,
    facts,
    verdict,
    ruledVerdict,
    stale,
    assessment: counted === undefined ? null : trailOf(library, counted),
  }
}

/** The verdict with everything it rests on: answers, axes, the rules that decided, the judgement. */
function trailOf(library: EditionsAtHand, a: Assessment): NonNullable<DossierUse['assessment']> {
  const content = library.get(a.catalog, a.edition)?.content
  const decisive = a.result.fired.filter((fired) => fired.decisive)
  return {
    id: a.id,
    catalog: a.catalog,
    edition: a.edition,
    digest: a.digest,
    outcome: a.outcome,
    answers: a.answers,
    axes: axesOf(content, a.result.levels),
    reasons: decisive.map(({ table, rule, provenance }) => ({
      rule: `${table}/${rule}`,
      title: wordsOf(titleOfRule(content, table, rule)),
      provenance,
    })),
    madeAt: a.madeAt,
    madeBy: a.madeBy?.post ?? null,
    judgement:
      a.judgement === null
        ? null
        : {
            verdict: a.judgement.verdict,
            reason: a.judgement.reason,
            at: a.judgement.at,
            by: a.judgement.by?.post ?? null,
          },
  }
}

/** Where no rule fired, the otherwise of the table did. */
function titleOfRule(content: Catalog | undefined, tableId: string, ruleId: string): Text | undefined {
  const table = content?.tables.find(({ id }) => id === tableId)
  return [...(table?.rules ?? []), ...(table?.otherwise ? [table.otherwise] : [])].find(({ id }) => id === ruleId)
    ?.title
}

function axesOf(content: Catalog | undefined, levels: Assessment['result']['levels']): DossierAxis[] {
  const known = content?.levels ?? []
  return known
    .filter(({ id }) => levels[id] !== undefined)
    .map((level) => {
      const state = levels[level.id]?.band ?? null
      const band = level.bands.find((one) => one.id === state)
      const section = content?.sections.find((one) => one.id === level.id)
      return {
        id: level.id,
        title: wordsOf(section?.title ?? level.title),
        state,
        stateTitle: band === undefined ? null : wordsOf(band.title),
      }
    })
}

const marks: readonly string[] = marksOfText
const wordsOf = (text: Text | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(text ?? {}).flatMap(([key, words]) =>
      typeof words === 'string' && !marks.includes(key) ? [[key, words]] : [],
    ),
  )

async function suppliersOf(db: Db, ids: readonly string[]): Promise<RegisterState['suppliers']> {
  const { rows } = await sql<RegisterState['suppliers'][number]>`
    select id, name, country from supplier where id = any(${ids}::uuid[]) order by id`.execute(db)
  return rows
}

async function modelsOf(db: Db, ids: readonly string[]): Promise<RegisterState['models']> {
  const { rows } = await sql<RegisterState['models'][number]>`
    select id, name, model_version as version, supplier_id as "supplierId", hosting_country as "hostingCountry", modality,
      tools, autonomy
    from model where id = any(${ids}::uuid[]) order by id`.execute(db)
  return rows
}
