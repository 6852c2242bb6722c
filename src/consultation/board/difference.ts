import { type Fact, type FactValue, type Facts, textOf } from '#register/model.ts'
import { diffFacts } from '#register/model-facts.ts'

import type { Difference } from './api.ts'
import type { DossierUse, RegisterState } from './dossier.ts'

/** What is other than it was frozen, before it is known since when and by whom. */
export type Changed = Omit<Difference, 'since' | 'by'>

const absent: Fact = { absent: 'unanswered' }
const value = (v: FactValue | null | undefined): Fact =>
  v === null || v === undefined || v === '' || (Array.isArray(v) && v.length === 0) ? absent : { value: v }
const same = (a: Fact, b: Fact) => JSON.stringify(a) === JSON.stringify(b)

/**
 * Field by field, what the register says otherwise than the dossier: facts of the system and of each use, the verdict and
 * what it rests on, models and suppliers behind the names, the organisation. Nothing where nothing changed.
 */
export function differencesBetween(frozen: RegisterState, now: RegisterState): Changed[] {
  const moved = frozen.organisation.id !== now.organisation.id
  return [
    ...(moved
      ? [changed('organisation', null, 'organisation', frozen.organisation.name.ja, now.organisation.name.ja)]
      : []),
    ...factsChanged('system', null, null, frozen.system.facts, now.system.facts),
    ...usesChanged(frozen, now),
    ...recordsChanged('supplier', frozen.suppliers, now.suppliers),
    ...recordsChanged('model', frozen.models, now.models),
  ]
}

const changed = (
  scope: Changed['scope'],
  of: string | null,
  field: string,
  from: FactValue | null,
  to: FactValue | null,
): Changed => ({ scope, of, name: null, field, from: value(from), to: value(to) })

function factsChanged(scope: 'system' | 'use', of: string | null, name: string | null, before: Facts, after: Facts) {
  return diffFacts(scope, before, after).map(({ field, from, to }): Changed => ({ scope, of, name, field, from, to }))
}

function usesChanged(frozen: RegisterState, now: RegisterState): Changed[] {
  const present = new Map(now.uses.map((use) => [use.id, use]))
  const known = new Set(frozen.uses.map((use) => use.id))
  const titled = (use: DossierUse) =>
    use.name ?? (textOf(use.facts, 'use-name') || textOf(use.facts, 'purpose') || use.id)
  const kept = frozen.uses.flatMap((was): Changed[] => {
    const is = present.get(was.id)
    if (!is) return [{ ...changed('use', was.id, 'use', titled(was), null), name: was.name }]
    const name = is.name ?? was.name
    return [
      ...factsChanged('use', was.id, name, was.facts, is.facts),
      ...verdictChanged(was, is).map((one) => ({ ...one, name })),
    ]
  })
  const added = now.uses
    .filter((use) => !known.has(use.id))
    .map((use) => ({ ...changed('use', use.id, 'use', null, titled(use)), name: use.name }))
  return [...kept, ...added]
}

/** What holds, what the rule said, whether facts moved under it, each axis, and the edition that judged. */
function verdictChanged(was: DossierUse, is: DossierUse): Changed[] {
  const axis = (use: DossierUse) => new Map((use.assessment?.axes ?? []).map(({ id, state }) => [id, state]))
  const [before, after] = [axis(was), axis(is)]
  const edition = ({ assessment: a }: DossierUse) => (a === null ? null : `${a.catalog} ${a.edition}`)
  const rows: [string, string | null, string | null][] = [
    ['verdict', was.verdict, is.verdict],
    ['ruled-verdict', was.ruledVerdict, is.ruledVerdict],
    ['stale', was.stale ? 'yes' : 'no', is.stale ? 'yes' : 'no'],
    ['edition', edition(was), edition(is)],
    ...[...new Set([...before.keys(), ...after.keys()])].map((id): [string, string | null, string | null] => [
      id,
      before.get(id) ?? null,
      after.get(id) ?? null,
    ]),
    ['judgement-reason', was.assessment?.judgement?.reason ?? null, is.assessment?.judgement?.reason ?? null],
  ]
  return rows
    .filter(([, from, to]) => from !== to)
    .map(([field, from, to]) => changed('verdict', was.id, field, from, to))
}

/** Of a supplier or model that stands on both sides; which of them are named is said by the facts. */
function recordsChanged<R extends { readonly id: string; readonly name: string }>(
  scope: 'supplier' | 'model',
  before: readonly R[],
  after: readonly R[],
): Changed[] {
  const present = new Map(after.map((record) => [record.id, record]))
  return before.flatMap((was) => {
    const is = present.get(was.id)
    if (!is) return []
    return (Object.keys(was) as (keyof R & string)[])
      .filter((field) => field !== 'id')
      .map((field) => ({
        field,
        from: value(was[field] as FactValue | null),
        to: value(is[field] as FactValue | null),
      }))
      .filter(({ from, to }) => !same(from, to))
      .map(({ field, from, to }): Changed => ({ scope, of: was.id, name: is.name, field, from, to }))
  })
}
