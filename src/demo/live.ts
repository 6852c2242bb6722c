import type { May } from '#access/may.ts'
import type { Actor, Entry } from '#audit/transaction.ts'
import { assessedEntry, newAssessment, verdictRecordOf } from '#finder/assess-use.ts'
import { verdictOf } from '#finder/api.ts'
import { type Edition, readAnswers } from '#finder/editions.ts'
import { judgedEntry } from '#finder/judge-otherwise.ts'
import { answersOf, prefill } from '#finder/prefill.ts'
import type { NewAssessment, NewJudgement } from '#finder/store.ts'
import { fieldOf, type FieldId, type Stage, stages } from '#register/fields.ts'
import type { Fact, Facts } from '#register/model.ts'
import { replaceFacts, staleFacts } from '#register/model-facts.ts'
import { changesOf, editEntry, type SystemEdit } from '#register/save-systems.ts'
import type { StoredSystem, StoredUse } from '#register/store-read.ts'
import { firstChanges, firstEntry, newUse } from '#register/store-systems.ts'
import type { ChangeRecord } from '#register/store-write.ts'
import { dateReasons, sinceField, step } from '#register/workflow.ts'

import { countedIds, idOf } from './ids.ts'
import type { Event, Person, System } from './model-content.ts'
import { factsFrom, registeredOn } from './read-content.ts'

/** What was done at one moment by one person, as it is written. */
export type Deed = {
  readonly moment: Date
  readonly actor: Actor
  readonly entries: readonly Entry[]
  readonly changes?: readonly ChangeRecord[]
  readonly assessment?: NewAssessment
  readonly judgement?: NewJudgement
}
/** A system as it stands at the end, and everything that led there. */
export type Life = { readonly system: StoredSystem; readonly deeds: readonly Deed[] }

export type Around = {
  readonly may: May
  readonly edition: Edition
  readonly people: readonly Person[]
  /** Ids of an organisation and those above it, root first, by key. */
  readonly paths: ReadonlyMap<string, readonly string[]>
}

/** Japan time; without an hour, the morning. */
const momentOf = (on: string): Date => new Date(`${on.slice(0, 10)}T${on.slice(11) || '09:15'}:00+09:00`)

/**
 * Lives through the months of one system by the rules of the register and the finder: who may, which step is open, what the
 * engine says, what makes a verdict stale. Pure; hundreds of transactions one after another would take many seconds.
 * @throws an error naming the system where the content asks for what the rules refuse
 */
export function live(around: Around, system: System, number: string): Life {
  const newId = countedIds(`row ${system.key}`)
  const state: State = { around, told: system, newId, system: registered(system, number), deeds: [] }
  const at = momentOf(`${registeredOn(system)} 08:40`)
  const actor = whoMay(state, system.by, 'register-system')
  const entries = [firstEntry(state.system, 'registered')]
  state.deeds.push({ moment: at, actor, entries, changes: firstChanges(state.system, 'registered') })
  const steps = [
    ...movesOf(state),
    ...system.events.map((event) => ({ on: event.on, run: () => happen(state, event) })),
  ]
  for (const one of steps.toSorted((a, b) => momentOf(a.on).getTime() - momentOf(b.on).getTime())) one.run()
  return { system: state.system, deeds: state.deeds }
}

type State = {
  readonly around: Around
  readonly told: System
  readonly newId: () => string
  system: StoredSystem
  readonly deeds: Deed[]
}

function registered(system: System, number: string): StoredSystem {
  const day = registeredOn(system)
  const at = momentOf(`${day} 08:40`)
  const reached = stages.flatMap((stage) => {
    const on = system.stages[stage]?.on
    return on !== undefined && on <= day ? [{ stage, on }] : []
  })
  const uses = system.uses ?? [system.use ?? {}]
  return {
    id: idOf(`system ${system.key}`),
    organisationId: idOf(`organisation ${system.at}`),
    number,
    facts: {
      name: { value: system.name.ja },
      'name-reading': { value: system.name.reading },
      'name-en': { value: system.name.en },
      stage: { value: reached.at(-1)!.stage },
      ...Object.fromEntries(reached.map(({ stage, on }) => [sinceField(stage), { value: on }])),
      ...factsFrom(system.key, system.facts),
    },
    version: 1,
    importId: null,
    importRow: null,
    newBecause: null,
    demo: true,
    createdAt: at.toISOString(),
    createdBy: idOf(`person ${system.by}`),
    updatedAt: at.toISOString(),
    uses: uses.map((use, n) => useOf(system, use, n + 1, at)),
  }
}

const useOf = (system: System, facts: Readonly<Record<string, unknown>>, position: number, at: Date): StoredUse =>
  newUse({ newId: () => idOf(`use ${system.key} ${position}`), at }, factsFrom(system.key, facts), position)

function movesOf(state: State): { on: string; run: () => void }[] {
  const { told } = state
  return (Object.entries(told.stages) as [Stage, { on: string; why?: string | undefined }][])
    .filter(([, { on }]) => on > registeredOn(told))
    .map(([to, { on, why }]) => ({ on, run: () => move(state, { to, on, why }) }))
}

function move(state: State, { to, on, why }: { to: Stage; on: string; why: string | undefined }): void {
  const { system, told } = state
  const next = step(system, to, { reason: why })
  const reasons = [...(next.ok ? [] : next.reasons), ...dateReasons(system.facts, on, on)]
  if (reasons.length > 0) throw new Error(`demo: ${told.key} cannot go to ${to}: ${JSON.stringify(reasons)}`)
  const facts: Facts = { ...system.facts, stage: { value: to }, [sinceField(to)]: { value: on } }
  edit(state, on, whoMay(state, told.by, 'change-stage'), {
    after: { ...system, facts },
    kind: 'stage',
    reason: why ?? null,
  })
}

function happen(state: State, event: Event): void {
  const { told, around } = state
  const ministry = told.key.slice(0, told.key.indexOf('-'))
  if (event.set || event['add-use']) change(state, event)
  if (event.assess) {
    const planner = around.people.some((p) => p.key === told.by && p.roles.includes('planner'))
      ? told.by
      : `${ministry}-planner`
    assess(state, event, whoMay(state, event.by ?? planner, 'assess'))
  }
  if (event.judge) decide(state, event, whoMay(state, `${ministry}-caio`, 'override-verdict'))
}

function change(state: State, event: Event): void {
  const { system, told } = state
  const actor = whoMay(state, event.by ?? told.by, event.set ? 'change-system' : 'register-system')
  const given = Object.entries(factsFrom(told.key, event.set ?? {})) as [FieldId, Fact][]
  const of = (scope: 'system' | 'use') => Object.fromEntries(given.filter(([field]) => fieldOf(field).scope === scope))
  const uses = system.uses.map((use, n) =>
    n + 1 === event.use ? { ...use, facts: replaceFacts(use.facts, of('use')) } : use,
  )
  const joined = event['add-use']
  const position = system.uses.length + 1
  edit(state, event.on, actor, {
    after: {
      ...system,
      facts: replaceFacts(system.facts, of('system')),
      uses: joined ? [...uses, useOf(told, joined, position, momentOf(event.on))] : uses,
    },
    kind: joined ? 'use-added' : 'changed',
    reason: event.why ?? null,
  })
}

function edit(state: State, on: string, actor: Actor, wanted: Omit<SystemEdit, 'before'>): void {
  const moment = momentOf(on)
  const at = moment.toISOString()
  const whole: SystemEdit = { before: state.system, ...wanted }
  const changes = changesOf(whole)
  if (changes.length === 0) throw new Error(`demo: ${state.told.key}: nothing changes on ${on}`)
  const { after } = wanted
  const uses = after.uses.map((use) => {
    const stale = staleFacts(use.restsOn, { ...after.facts, ...use.facts }, use.staleFacts, at)
    return { ...use, staleFacts: stale, stale: stale.length > 0, updatedAt: at }
  })
  state.system = { ...state.system, ...after, uses, version: state.system.version + 1, updatedAt: at }
  state.deeds.push({ moment, actor, entries: [editEntry(whole, changes)], changes })
}

/** The verdict comes from the engine, over what the register knew at that moment. */
function assess(state: State, event: Event, actor: Actor): void {
  const { system, around } = state
  const use = system.uses[event.use - 1]!
  const facts = { ...system.facts, ...use.facts }
  const answers = readAnswers(around.edition, answersOf(prefill(around.edition.content.questions, facts)))
  const made = newAssessment({ id: state.newId(), system, use, facts, edition: around.edition, answers })
  weighed(state, event, { ...verdictRecordOf(made), stale: false, staleFacts: [] })
  state.deeds.push({ moment: momentOf(event.on), actor, entries: [assessedEntry(made)], assessment: made })
}

function decide(state: State, event: Event, actor: Actor): void {
  const { system } = state
  const use = system.uses[event.use - 1]!
  const [verdict, assessmentId] = [event.judge!, use.assessmentId!]
  const assessment = state.deeds.find((deed) => deed.assessment?.id === assessmentId)!.assessment!
  const ruled = verdictOf(assessment.outcome)
  weighed(state, event, { verdict, ruledVerdict: ruled === verdict ? null : ruled, judged: true })
  const { useId, organisationId, demo } = assessment
  const judgement = { id: state.newId(), assessmentId, useId, organisationId, verdict, reason: event.why ?? '', demo }
  const entries = [judgedEntry(system, { assessmentId, useId, ruled, verdict })]
  state.deeds.push({ moment: momentOf(event.on), actor, entries, judgement })
}

function weighed(state: State, event: Event, now: Partial<StoredUse>): void {
  const updatedAt = momentOf(event.on).toISOString()
  const uses = state.system.uses.map((use, n) => (n + 1 === event.use ? { ...use, ...now, updatedAt } : use))
  state.system = { ...state.system, uses }
}

/** @throws AppError `not-permitted` when the content lets somebody do what they may not */
function whoMay({ around, told }: State, key: string, action: Parameters<May>[1]): Actor {
  const person = around.people.find((p) => p.key === key)
  if (!person) throw new Error(`demo: nobody is called ${key}`)
  const actor = {
    personId: idOf(`person ${key}`),
    role: person.roles[0]!,
    organisationId: idOf(`organisation ${person.for}`),
  }
  around.may(actor, action, { organisationPath: around.paths.get(told.at) ?? [] })
  return actor
}
