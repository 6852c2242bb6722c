import { z } from 'zod'

import { type Actor, type Tx, txOver } from '#audit/transaction.ts'
import { loadCatalog } from '#catalog/load-catalog.ts'
import { compile } from '#catalog/compile.ts'
import { digestOf } from '#catalog/digest.ts'
import { AppError } from '#platform/errors.ts'
import type { NewId } from '#platform/ids.ts'
import { fromRoot } from '#platform/root.ts'
import type { SheetItem } from '#procurement/sheets/api.ts'
import { type Guide, guideOf } from '#procurement/sheets/guide.ts'
import { loadSheet } from '#procurement/sheets/load-sheet.ts'
import { proofKinds, proofStages, ways } from '#procurement/sheets/model.ts'
import { moveWithin } from '#procurement/sheets/move-procurement.ts'
import { openWithin } from '#procurement/sheets/open-procurement.ts'
import { insertChanges, lockProcurement, saveDecisions, touchProcurement } from '#procurement/sheets/store.ts'
import { insertProofs, saveTexts } from '#procurement/sheets/store-items.ts'
import { entryOf } from '#procurement/sheets/within-procurement.ts'
import { states } from '#procurement/sheets/workflow.ts'
import { loadSystems, type StoredSystem } from '#register/store-read.ts'

import { countedIds, idOf } from './ids.ts'
import type { Content } from './read-content.ts'

const moment = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)
const proof = z.strictObject({
  kind: z.enum(proofKinds),
  what: z.string(),
  setting: z.string().optional(),
  responsible: z.string(),
  stage: z.enum(proofStages),
  due: z.iso.date(),
  done: z.boolean().default(false),
})
const item = z.strictObject({
  /** Why it is left out, or included, against the proposal. */
  out: z.string().optional(),
  in: z.string().optional(),
  requirement: z.string().optional(),
  evidence: z.array(z.string()).optional(),
  verification: z.array(z.enum(ways)).optional(),
  clause: z.string().optional(),
  number: z.string().optional(),
  agreed: z.iso.date().optional(),
  negotiating: z.literal(true).optional(),
  proofs: z.array(proof).default([]),
})
const procurement = z.strictObject({
  system: z.string(),
  by: z.string(),
  opened: moment,
  decided: moment.optional(),
  written: moment.optional(),
  moves: z.array(z.strictObject({ to: z.enum(states), on: moment })).default([]),
  items: z.record(z.string(), item).default({}),
})
/** The form of demo/procurement.yaml. */
export const procurementsSchema = z.strictObject({ procurements: z.array(procurement) })
type Given = z.infer<typeof procurement>
type GivenItem = z.infer<typeof item>

/** The guide that is shipped: what the demonstration says does not depend on what a ministry has put in its place. */
function shippedGuide(): Guide {
  const read = loadCatalog(fromRoot('catalogs/procurement-guide-1'))
  if (!read.ok) throw new AppError('unavailable', { reason: 'catalog-faulty', faults: read.faults })
  const { catalog: content } = read
  const ref = { catalog: content.id, edition: content.edition, digest: digestOf(content) }
  return guideOf({ ...ref, content, compiled: compile(content) })
}

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+09:00`)

/** Puts in the procurements with what became of their items, each deed by its planner and at its time. */
export async function putProcurements(t: Tx, newId: NewId, content: Content): Promise<void> {
  const guide = shippedGuide()
  const ids = content.procurements.map((one) => idOf(`system ${one.system}`))
  const systems = new Map((await loadSystems(t.db, ids)).map((system) => [system.id, system]))
  const rowIds = countedIds('procurement')
  for (const one of content.procurements) {
    const system = systems.get(idOf(`system ${one.system}`))
    const person = content.people.find((p) => p.key === one.by)
    if (!system || !person) throw new Error(`demo/procurement.yaml: ${one.system}: no such system or person`)
    const organisationId = idOf(`organisation ${person.for}`)
    const actor: Actor = { personId: idOf(`person ${one.by}`), role: 'planner', organisationId }
    // Nobody is told by an event: none of this happens now.
    const on = (when: string): Tx => {
      const then = txOver(t.db, { actor, at: at(when), newId })
      return { ...then, newId: rowIds, emit: () => Promise.resolve() }
    }
    await putOne(on, guide, system, one)
  }
}

type On = (when: string) => Tx

async function putOne(on: On, guide: Guide, system: StoredSystem, one: Given): Promise<void> {
  const { id } = await openWithin(on(one.opened), guide, system, textOfName(system))
  if (one.decided) await decide(on(one.decided), id, one)
  if (one.written) await write(on(one.written), id, one)
  for (const { to, on: when } of one.moves) {
    const t = on(when)
    await moveWithin({ t, procurement: await lockProcurement(t.db, id), sheet: await loadSheet(t.db, id) }, to)
    await touchProcurement(t, id)
  }
}

const textOfName = (system: StoredSystem): string => {
  const { name } = system.facts
  return name && 'value' in name ? String(name.value) : system.number
}

/** As proposed, but where the content says otherwise; what is undecided and not named is included. */
async function decide(t: Tx, id: string, one: Given): Promise<void> {
  const place = await lockProcurement(t.db, id)
  const { items } = await loadSheet(t.db, id)
  const decisions = items.map((row) => {
    const given = one.items[row.item]
    const included = given?.out === undefined && (given?.in !== undefined || row.proposal.says !== 'leave-out')
    const reason = included
      ? (given?.in ?? null)
      : (given?.out ?? row.proposal.reasons.map((r) => r.text.ja).join('、'))
    return { id: row.id, included, reason, row }
  })
  await saveDecisions(
    t,
    decisions.map(({ row: _row, ...decision }) => decision),
  )
  await insertChanges(
    t,
    place,
    'item.decided',
    decisions.map(({ row, included, reason }) => {
      return { checkItemId: row.id, item: row.item, fields: { included: { from: null, to: included } }, reason }
    }),
  )
  const included = decisions.filter((d) => d.included).length
  await t.append(entryOf(place, 'procurement.proposals-accepted', { included, leftOut: decisions.length - included }))
}

async function write(t: Tx, id: string, one: Given): Promise<void> {
  const place = await lockProcurement(t.db, id)
  const rows = (await loadSheet(t.db, id)).items.filter((row) => row.included === true)
  await saveTexts(
    t,
    rows.map((row) => textsOf(row, one.items[row.item])),
  )
  await insertChanges(
    t,
    place,
    'item.changed',
    rows.map((row) => ({ checkItemId: row.id, item: row.item, fields: {} })),
  )
  await touchProcurement(t, id)
  await insertProofs(
    t,
    place,
    rows.flatMap((row) =>
      (one.items[row.item]?.proofs ?? []).map(({ due, done, setting, ...rest }) => {
        const state = done ? 'done' : 'open'
        return { ...rest, id: t.newId(), checkItemId: row.id, setting: setting ?? null, dueOn: due, state }
      }),
    ),
  )
}

/** Places that the content does not fill are filled with what the guide suggests in them. */
const filled = (text: string) => text.replace(/【([^】]*)】/g, '$1')

function textsOf(row: SheetItem, given: GivenItem | undefined) {
  const agreedOn = given?.agreed ?? null
  const clauseState: SheetItem['clause']['state'] =
    agreedOn !== null ? 'agreed' : given?.negotiating ? 'negotiating' : 'open'
  return {
    id: row.id,
    requirement: given?.requirement ?? filled(row.requirement),
    chapter: row.chapter,
    evidence: given?.evidence ?? row.evidence,
    verification: given?.verification ?? row.verification,
    clauseText: given?.clause ?? filled(row.clause.text),
    clauseNumber: given?.number ?? '',
    clauseState,
    agreedOn,
  }
}
