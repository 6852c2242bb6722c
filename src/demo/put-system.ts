import { may } from '#access/may.ts'
import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import { assessWithin } from '#finder/assess-use.ts'
import { type Edition, readAnswers } from '#finder/editions.ts'
import { judgeOtherwise } from '#finder/judge-otherwise.ts'
import { answersOf, prefill } from '#finder/prefill.ts'
import { addUse } from '#register/add-use.ts'
import { fieldOf, type FieldId, type Stage, stages } from '#register/fields.ts'
import type { Fact, Facts } from '#register/model.ts'
import { replaceFacts } from '#register/model-facts.ts'
import { saveSystems } from '#register/save-systems.ts'
import { loadSystem } from '#register/store-read.ts'
import { storeSystems } from '#register/store-systems.ts'
import { dateReasons, sinceField, step as stepTo } from '#register/workflow.ts'

import { idOf } from './ids.ts'
import type { Event, Person, System } from './model-content.ts'
import { factsFrom, registeredOn } from './read-content.ts'

/** A moment of the demonstration: the transaction that is open, as it would have been then. */
export type At = (moment: Date) => RunTx
export type Put = {
  readonly at: At
  readonly edition: Edition
  readonly people: readonly Person[]
}

type Step = { readonly moment: Date; readonly run: (tx: RunTx) => Promise<void> }

/** Puts in one system as an office would have done over the months: registers it, moves it, changes it, weighs it. */
export async function putSystem(put: Put, system: System): Promise<void> {
  const ids: Ids = { ...(await register(put, system)), assessments: new Map() }
  const steps = [...moves(put, system, ids.systemId), ...system.events.map((event) => stepOf(put, system, event, ids))]
  for (const step of steps.toSorted((a, b) => a.moment.getTime() - b.moment.getTime()))
    await step.run(put.at(step.moment))
}

/** Japan time; without an hour, the morning. */
const momentOf = (on: string): Date => new Date(`${on.slice(0, 10)}T${on.slice(11) || '09:15'}:00+09:00`)
const morning = (day: string) => momentOf(`${day} 08:40`)

async function register({ at, people }: Put, system: System) {
  const day = registeredOn(system)
  const reached = stages.flatMap((stage) => {
    const on = system.stages[stage]?.on
    return on !== undefined && on <= day ? [{ stage, on }] : []
  })
  const since = Object.fromEntries(reached.map(({ stage, on }) => [`${stage}-since`, { value: on }]))
  const { ja, reading, en } = system.name
  const facts: Facts = {
    name: { value: ja },
    'name-reading': { value: reading },
    'name-en': { value: en },
    stage: { value: reached.at(-1)!.stage },
    ...since,
    ...factsFrom(system.key, system.facts),
  }
  const [useFacts, ...moreUses] = (system.uses ?? [system.use ?? {}]).map((use) => factsFrom(system.key, use))
  const organisationId = idOf(`organisation ${system.at}`)
  const [stored] = await at(morning(day))(actorOf(people, system.by), (t) =>
    storeSystems(t, { demo: true, rows: [{ organisationId, facts, useFacts: useFacts!, moreUses }] }),
  )
  return { systemId: stored!.systemId, useIds: [...stored!.useIds] }
}

function moves({ people }: Put, system: System, id: string): Step[] {
  const registered = registeredOn(system)
  return (Object.entries(system.stages) as [Stage, { on: string; why?: string | undefined }][])
    .filter(([, { on }]) => on > registered)
    .map(([to, { on, why }]) => ({
      moment: momentOf(on),
      run: (tx) => tx(actorOf(people, system.by), (t) => move(t, system.key, id, { to, on, reason: why })),
    }))
}

/** As `moveStage`, which answers with the whole system; hundreds of steps are quicker without that. */
async function move(t: Tx, key: string, id: string, step: { to: Stage; on: string; reason: string | undefined }) {
  const { to, on, reason } = step
  const before = (await loadSystem(t.db, id, true))!
  const next = stepTo(before, to, { reason })
  const reasons = [...(next.ok ? [] : next.reasons), ...dateReasons(before.facts, on, on)]
  if (reasons.length > 0) throw new Error(`demo: ${key} cannot go to ${to}: ${JSON.stringify(reasons)}`)
  const facts: Facts = { ...before.facts, stage: { value: to }, [sinceField(to)]: { value: on } }
  await saveSystems(t, [{ before, after: { ...before, facts }, kind: 'stage', reason: reason ?? null }])
}

type Ids = { readonly systemId: string; readonly useIds: string[]; readonly assessments: Map<string, string> }

function stepOf({ people, edition }: Put, system: System, event: Event, ids: Ids): Step {
  const run = async (tx: RunTx): Promise<void> => {
    const useId = ids.useIds[event.use - 1]!
    const actor = actorOf(people, event.by ?? whoDoes(event, people, system))
    if (event.set) await tx(actor, (t) => change(t, system.key, event, { id: ids.systemId, useId }))
    if (event['add-use']) ids.useIds.push(await join(tx, actor, system, event, ids.systemId))
    if (event.assess) ids.assessments.set(useId, await weigh(tx, actor, edition, { id: ids.systemId, useId }))
    if (event.judge) {
      const assessmentId = ids.assessments.get(useId)!
      await judgeOtherwise({ tx, may }, actor, { assessmentId, verdict: event.judge, reason: event.why ?? '' })
    }
  }
  return { moment: momentOf(event.on), run }
}

const whoDoes = (event: Event, people: readonly Person[], system: System): string =>
  event.judge ? `${ministryOf(system)}-caio` : event.assess ? plannerOf(people, system) : system.by

async function change(t: Tx, key: string, event: Event, ids: { id: string; useId: string }): Promise<void> {
  const given = Object.entries(factsFrom(key, event.set ?? {})) as [FieldId, Fact][]
  const of = (scope: 'system' | 'use') => Object.fromEntries(given.filter(([field]) => fieldOf(field).scope === scope))
  const before = (await loadSystem(t.db, ids.id, true))!
  const uses = before.uses.map((use) =>
    use.id === ids.useId ? { ...use, facts: replaceFacts(use.facts, of('use')) } : use,
  )
  const after = { ...before, facts: replaceFacts(before.facts, of('system')), uses }
  await saveSystems(t, [{ before, after, kind: 'changed', reason: event.why ?? null }])
}

async function join(tx: RunTx, actor: Actor, system: System, event: Event, id: string): Promise<string> {
  const { version } = await tx(actor, async (t) => (await loadSystem(t.db, id))!)
  const facts = factsFrom(system.key, event['add-use'] ?? {})
  const joined = await addUse({ tx, may }, actor, { id, version, facts, reason: event.why })
  return joined.uses.at(-1)!.id
}

/** The verdict comes from the engine, over what the register knew at that moment. */
const weigh = (tx: RunTx, actor: Actor, edition: Edition, ids: { id: string; useId: string }): Promise<string> =>
  tx(actor, async (t) => {
    const system = (await loadSystem(t.db, ids.id, true))!
    const use = system.uses.find((one) => one.id === ids.useId)!
    const facts = { ...system.facts, ...use.facts }
    const answers = readAnswers(edition, answersOf(prefill(edition.content.questions, facts)))
    return assessWithin(t, { system, use, facts }, { edition, answers })
  })

function actorOf(people: readonly Person[], key: string): Actor {
  const person = people.find((p) => p.key === key)
  if (!person) throw new Error(`demo: nobody is called ${key}`)
  return { personId: idOf(`person ${key}`), role: person.roles[0]!, organisationId: idOf(`organisation ${person.for}`) }
}

const ministryOf = (system: System) => system.key.slice(0, system.key.indexOf('-'))
/** Planners weigh; where the person in charge is none, the ministry's planner does. */
const plannerOf = (people: readonly Person[], system: System) =>
  people.some((p) => p.key === system.by && p.roles.includes('planner')) ? system.by : `${ministryOf(system)}-planner`
