import { sql } from 'kysely'

import type { Name } from '#access/model.ts'
import type { May } from '#access/may.ts'
import type { Actor } from '#audit/transaction.ts'
import { textIn } from '#catalog/model-texts.ts'
import { isOverdue } from '#consultation/advice/model.ts'
import { openConditions } from '#consultation/advice/stage-facts.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'
import { asSystem } from '#platform/scope.ts'
import { itemOf, organisationOf } from '#register/check-links.ts'
import { todayInTokyo } from '#register/move-stage.ts'
import { loadSystem, type StoredSystem } from '#register/store-read.ts'
import { allowedSteps, stageOf } from '#register/workflow.ts'

import type { StepNeeds, Steps, Waiver } from './api.ts'
import { type Known, loadKnown, needsOfStep } from './load-needs.ts'
import { standsInTheWay, waiverState } from './model.ts'
import type { NeedsEdition } from './needs-edition.ts'
import { loadPassages, loadWaivers } from './store.ts'

export type StepsDeps = { db: Db; may: May; now: Now; needsInForce: NeedsEdition }

/**
 * Every step that the table of stages knows from here, with what it needs; waivers and steps that were taken. Of a system
 * that is offered to other ministries they see the table alone.
 * @throws AppError `not-found`, `not-permitted`
 */
export async function loadSteps(deps: StepsDeps, actor: Actor, systemId: string): Promise<Steps> {
  deps.may(actor, 'read-register')
  const system = await loadSystem(deps.db, systemId)
  if (!system) throw new AppError('not-found', { system: systemId })
  const edition = deps.needsInForce
  const known = await asSystem(() => loadKnown(deps.db, edition, system, deps.now()))
  const today = todayInTokyo(known.at)
  const conditions = await openConditions(deps.db, [system.id])
  const passages = await loadPassages(deps.db, system.id)
  const inside = await readsAsOwn(deps.db, system.organisationId)
  const shown = { ...known, waivers: await loadWaivers(deps.db, [system.id]) }
  return {
    systemId: system.id,
    version: system.version,
    from: stageOf(system.facts) ?? null,
    catalog: catalogOf(edition),
    questions: Object.fromEntries([...edition.questions].map(([id, { title }]) => [id, bilingual(title)])),
    steps: stepsOf(edition, known, inside),
    conditions: conditions.map((c) => ({
      id: c.id,
      caseId: c.caseId,
      position: c.position,
      text: c.text,
      effect: c.effect,
      stage: c.stage,
      state: c.state,
      dueOn: c.dueOn,
      overdue: isOverdue(c, today),
    })),
    waivers: waiversOf(edition, shown, today),
    passages: passages.map((p) => passageOf(edition, shown, p)),
    may: { waive: await mayWaive(deps, actor, system) },
  }
}

/** Whether the system lies where the own role reads. One that is merely offered for reuse shows none of its papers. */
async function readsAsOwn(db: Db, organisationId: string): Promise<boolean> {
  const { rows } = await sql<{ ok: boolean }>`select ${organisationId}::uuid in (select organisations_read())
    or scope_is('reads', 'everything') as ok`.execute(db)
  return rows[0]!.ok
}

function stepsOf(edition: NeedsEdition, known: Known, inside: boolean): StepNeeds[] {
  return allowedSteps(known.system)
    .filter(({ reasons }) => reasons.every(({ code }) => code !== 'wrong-state'))
    .map(({ to, open, reasons }) => {
      const needs = inside ? needsOfStep(edition, known, to) : []
      return {
        to,
        reasons: reasons.map(({ code, params }) => ({ code, params: { ...params } })),
        needs: needs.map((need) => ({
          ...need,
          sources: need.sources.map((source) => ({ ...source, title: documentOf(edition, source.document) })),
          place: { ...need.place, useIds: [...need.place.useIds] },
          unanswered: [...need.unanswered],
        })),
        open: inside && open && !needs.some(standsInTheWay),
      }
    })
}

const catalogOf = ({ catalog, edition, digest, content }: NeedsEdition) => ({
  catalog,
  edition,
  digest,
  title: bilingual(content.title),
})
const bilingual = (text: Parameters<typeof textIn>[0]): Name => ({ ja: textIn(text, 'ja'), en: textIn(text, 'en') })

const documentOf = (edition: NeedsEdition, document: string): Name => {
  const source = edition.content.sources.find(({ id }) => id === document)
  return source ? bilingual(source.title) : { ja: document, en: document }
}

/** A need of an edition that is gone is named by its id. */
const titleOf = (edition: NeedsEdition, need: string): Name => {
  const item = edition.needs.get(need)
  return item ? bilingual(item.title) : { ja: need, en: need }
}

const waiversOf = (edition: NeedsEdition, { waivers }: Known, today: string): Waiver[] =>
  waivers.map((waiver) => ({
    id: waiver.id,
    need: waiver.need,
    title: titleOf(edition, waiver.need),
    step: waiver.step,
    state: waiverState(waiver, today),
    untilOn: waiver.untilOn,
    reason: waiver.reason,
    at: waiver.at,
    by: waiver.by,
    withdrawn: waiver.withdrawn,
  }))

function passageOf(
  edition: NeedsEdition,
  { waivers }: Known,
  passage: Awaited<ReturnType<typeof loadPassages>>[number],
): Steps['passages'][number] {
  const waived = new Map(waivers.map((w) => [w.id, w.need]))
  return {
    at: passage.at,
    fromStage: passage.fromStage as Steps['passages'][number]['fromStage'],
    toStage: passage.toStage as Steps['passages'][number]['toStage'],
    warned: passage.warned.map((need) => titleOf(edition, need)),
    waived: passage.waived.flatMap((id) => waived.get(id) ?? []).map((need) => titleOf(edition, need)),
  }
}

async function mayWaive({ db, may }: StepsDeps, actor: Actor, system: StoredSystem): Promise<boolean> {
  const item = itemOf(system, await organisationOf(db, system.organisationId))
  try {
    may(actor, 'waive-need', item)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-permitted') return false
    throw error
  }
}
