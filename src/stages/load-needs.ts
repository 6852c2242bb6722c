import { openConditions, type OpenCondition } from '#consultation/advice/stage-facts.ts'
import type { Db } from '#platform/database.ts'
import { type Stage, stages } from '#register/fields.ts'
import { textOf } from '#register/model.ts'
import { todayInTokyo } from '#register/move-stage.ts'
import type { StoredSystem } from '#register/store-read.ts'
import { sinceField, stageOf } from '#register/workflow.ts'

import { type Need, type Place, type PlaceKind, waiverState, wayOf } from './model.ts'
import type { NeedsEdition } from './needs-edition.ts'
import { type Answered, registerAnswers, usesBehind } from './situation.ts'
import { stageSources } from './sources.ts'
import { loadReached, loadWaivers, type StoredWaiver } from './store.ts'
import { weighNeeds } from './weigh-needs.ts'

/** What all rooms say of one system, read once for all its steps. */
export type Known = {
  readonly system: StoredSystem
  readonly answers: Answered
  readonly conditions: readonly OpenCondition[]
  readonly waivers: readonly StoredWaiver[]
  readonly reached: ReadonlySet<Stage>
  readonly at: Date
}

/** To be called as the system itself: a need does not go because the one who asks may not see what it rests on. */
export async function loadKnown(db: Db, edition: NeedsEdition, system: StoredSystem, at: Date): Promise<Known> {
  let answers: Answered = registerAnswers(edition, system)
  // One after the other: inside a transaction there is one connection.
  for (const source of stageSources) answers = { ...answers, ...(await source(db, [system.id], at)).get(system.id) }
  const conditions = await openConditions(db, [system.id])
  const waivers = await loadWaivers(db, [system.id])
  const reached = await loadReached(db, system.id)
  return { system, answers, conditions, waivers, reached, at }
}

/** What the step to a stage needs; nothing where the present stage was never reported. */
export function needsOfStep(edition: NeedsEdition, known: Known, to: Stage): Need[] {
  const { system } = known
  const from = stageOf(system.facts)
  const way = wayOf(from, to, known.reached)
  if (from === undefined || way === undefined) return []
  const today = todayInTokyo(known.at)
  const holding = known.waivers.filter((w) => w.step === to && waiverState(w, today) === 'holds')
  return weighNeeds(edition, {
    answers: { ...known.answers, ...conditionAnswers(known.conditions, to), step: to, way },
    waivers: new Map(holding.map((w) => [w.need, w.id])),
    since: textOf(system.facts, sinceField(from)) || null,
    placeOf: (question, itemId) => placeOf(edition, system, question, itemId),
  })
}

/** A condition asks on the step into its stage and into every later one. */
export function conditionAnswers(conditions: readonly OpenCondition[], to: Stage): Answered {
  const due = conditions.filter(({ stage }) => stages.indexOf(stage) <= stages.indexOf(to))
  const count = (effect: OpenCondition['effect']) => {
    const these = due.filter((condition) => condition.effect === effect)
    return { value: these.length, since: these[0]?.since ?? null, itemId: these[0]?.caseId ?? null }
  }
  return { 'conditions-blocking': count('blocks'), 'conditions-warning': count('warns') }
}

/** The screen on which a question of the shipped catalog is settled. A question of a ministry's own has its field, or none. */
const screens: Readonly<Record<string, PlaceKind>> = {
  verdict: 'finder',
  'uses-not-weighed': 'finder',
  'uses-undecided': 'finder',
  'uses-stale': 'finder',
  'board-consulted': 'case',
  'conditions-blocking': 'conditions',
  'conditions-warning': 'conditions',
  'procurement-sheet': 'procurement',
  'contract-sheet': 'procurement',
  'system-rule': 'system-rule',
  'ministry-rule': 'ministry-rule',
}
function placeOf(edition: NeedsEdition, system: StoredSystem, question: string, itemId: string | null): Place {
  const kind = screens[question]
  if (kind !== undefined) return { kind, id: itemId, useIds: usesBehind(question, system) }
  const field = edition.questions.get(question)?.['register-field']?.field
  return field === undefined ? { kind: 'none', id: null, useIds: [] } : { kind: 'field', id: field, useIds: [] }
}
