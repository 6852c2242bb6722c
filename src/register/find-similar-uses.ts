import { sql } from 'kysely'

import type { May } from '#access/may.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'

import type { SimilarInput, SimilarUse } from './api.ts'
import { factOf, type Facts, textOf, type Verdict } from './model.ts'
import { gramsOf, searchKey } from './search-key.ts'
import { type Alike, compareUses, similarFrom, type WeightOf } from './similarity.ts'
import { idsIn, loadNames, organisationRef, organisationsById } from './store-names.ts'

const shown = 10
/** Uses that are compared in full. */
const compared = 60
/** Uses that may share one of the grams asked for; more would be slow, and grams that common say little. */
const candidateLimit = 3000
/** Uses from which on it says something how common a gram is; in a small register all weigh alike. */
const telling = 5000

/**
 * Uses already known, own and of others, that are like one about to be registered; the most alike first. One with the
 * very same name is always before all others.
 * @returns at most 10; `score` is a fraction in 0…1, `because` says what is alike
 * @throws AppError `not-permitted`
 */
export async function findSimilarUses(
  deps: { db: Db; may: May },
  actor: Actor,
  input: SimilarInput,
): Promise<SimilarUse[]> {
  deps.may(actor, 'read-register')
  const { db } = deps
  const total = await roughSize(db)
  const commonness = total < telling ? new Map<number, number>() : await commonGrams(db)
  const weightOf: WeightOf = (gram) => Math.min(1, Math.max(0.05, -Math.log10(commonness.get(gram) ?? 0.001) / 3))
  const known = await loadCandidates(db, input, await candidates(db, input, { total, commonness }))
  const asked = {
    name: input.name,
    purpose: input.purpose ?? '',
    supplier: input.supplier,
    models: input.models ?? [],
  }
  const alike = known
    .map((row) => ({ row, like: compareUses(asked, comparedOf(row), weightOf) }))
    .filter(({ like }) => like.score >= similarFrom && like.because.length > 0)
    .toSorted(
      (a, b) =>
        Number(b.like.identical) - Number(a.like.identical) ||
        b.like.score - a.like.score ||
        (a.row.id < b.row.id ? -1 : 1),
    )
  return describe(db, actor, input, alike.slice(0, shown))
}

type Candidate = {
  id: string
  systemId: string
  organisationId: string
  number: string
  facts: Facts
  useFacts: Facts
  name: string
  verdict: Verdict
}

const comparedOf = (row: Candidate) => ({
  name: textOf(row.facts, 'name'),
  purpose: textOf(row.useFacts, 'purpose'),
  supplier: idsIn(row.facts, 'supplier')[0],
  models: idsIn(row.facts, 'models'),
})

/** How common the commonest grams are, fraction of all uses: the database counts that for its own planning (`analyze`). */
async function commonGrams(db: Db): Promise<Map<number, number>> {
  const { rows } = await sql<{ gram: number; part: number }>`
    select gram, part from common_grams()`.execute(db)
  return new Map(rows.map(({ gram, part }) => [gram, part]))
}

/** The rarest grams of name and purpose that together lead to few enough uses; then those that share most of them. */
async function candidates(
  db: Db,
  input: SimilarInput,
  { total, commonness }: { total: number; commonness: ReadonlyMap<number, number> },
): Promise<string[]> {
  const byRarity = (text: string) =>
    gramsOf(text)
      .map((gram) => ({ gram, uses: (commonness.get(gram) ?? 0.0005) * total }))
      .toSorted((a, b) => a.uses - b.uses)
  const pick = (text: string, room: number): number[] => {
    let used = 0
    return byRarity(text)
      .filter(({ uses }, i) => (used += uses) <= room || i === 0)
      .map(({ gram }) => gram)
  }
  const rare = [...new Set([...pick(input.name, candidateLimit), ...pick(input.purpose ?? '', candidateLimit / 3)])]
  const wanted = gramsOf(`${input.name}\n${input.purpose ?? ''}`)
  const { rows } = await sql<{ id: string }>`
    select id from (
      select use_id as id, grams from text_seen where grams && ${rare}::int[] limit ${sql.lit(candidateLimit * 2)}
    ) u order by (select count(*) from unnest(u.grams) g where g = any(${wanted}::int[])) desc, id limit ${sql.lit(compared)}`.execute(
    db,
  )
  const { rows: same } = await sql<{ id: string }>`
    select id from ai_use where name_key = ${searchKey(input.name).slice(0, 200)} order by id limit ${sql.lit(shown * 2)}`.execute(
    db,
  )
  return [...new Set([...same, ...rows].map((row) => row.id))]
}

async function roughSize(db: Db): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select greatest(reltuples, 1)::float8 as n from pg_class where oid = 'use_text'::regclass`.execute(db)
  return rows[0]!.n
}

async function loadCandidates(db: Db, input: SimilarInput, ids: readonly string[]): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select u.id, u.system_id as "systemId", u.organisation_id as "organisationId", s.number, s.facts, u.facts as "useFacts",
      u.name, u.verdict
    from ai_use u join ai_system s on s.id = u.system_id
    where u.id = any(${ids}::uuid[]) and u.system_id is distinct from ${input.exceptSystemId ?? null}::uuid`.execute(db)
  return rows
}

async function describe(
  db: Db,
  actor: Actor,
  input: SimilarInput,
  found: readonly { row: Candidate; like: Alike }[],
): Promise<SimilarUse[]> {
  const names = await loadNames(
    db,
    found.map(({ row }) => row),
  )
  const asking = input.organisationId ?? actor.organisationId
  const ministry = (await organisationsById(db, [asking])).get(asking)?.path[0]?.id
  return found.map(({ row, like }) => {
    const organisation = names.organisations.get(row.organisationId)!
    return {
      useId: row.id,
      systemId: row.systemId,
      number: row.number,
      name: row.name,
      purpose: textOf(row.useFacts, 'purpose'),
      organisation: organisationRef(organisation),
      sameMinistry: ministry !== undefined && organisation.path[0]?.id === ministry,
      stage: factOf(row.facts, 'stage'),
      verdict: row.verdict,
      reuse: factOf(row.facts, 'reuse-by-others'),
      score: like.score,
      because: [...like.because],
    }
  })
}
