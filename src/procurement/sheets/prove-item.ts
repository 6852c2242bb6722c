import { sql } from 'kysely'
import { z } from 'zod'

import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { ItemProof, Sheet, SheetItem } from './api.ts'
import { missing } from './edit-item.ts'
import { proofKinds, proofStages, proofStates } from './model.ts'
import { insertChanges } from './store.ts'
import { type Around, entryOf, itemOfSheet, withinProcurement } from './within-procurement.ts'

const words = (max: number) => z.string().trim().min(1).max(max)

/** How an item will be proved: `setting` names the setting of the user's rule that enforces it. */
export const proofInputSchema = z.strictObject({
  kind: z.enum(proofKinds),
  what: words(500),
  setting: words(100).nullable().optional(),
  responsible: words(200),
  stage: z.enum(proofStages),
  dueOn: z.iso.date().nullable().optional(),
  state: z.enum(proofStates).optional(),
})
export type ProofInput = z.infer<typeof proofInputSchema>

type Where = { readonly id: string; readonly item: string }
const deed = (id: string) => ({ id, action: 'prove-item', part: 'proof' }) as const

/**
 * Says how an included item will be proved, or that it is.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` when the item is not included, or is to be done without
 *   any file that proves it (`no-evidence`), `bad-input` at `/setting`
 */
export function addProof(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  input: Where & { readonly proof: ProofInput },
): Promise<Sheet> {
  return withinProcurement(deps, actor, deed(input.id), async (around) => {
    const item = included(itemOfSheet(around.sheet, input.item))
    const proof = checked(item, input.proof)
    const { t, procurement } = around
    const id = t.newId()
    const done = proof.state === 'done'
    await sql`insert into item_proof (id, check_item_id, procurement_id, system_id, organisation_id, kind, what, setting,
        responsible, stage, due_on, state, done_at, done_by, created_at, created_by)
      values (${id}, ${item.id}, ${procurement.id}, ${procurement.systemId}, ${procurement.organisationId}, ${proof.kind},
        ${proof.what}, ${proof.setting}, ${proof.responsible}, ${proof.stage}, ${proof.dueOn}, ${proof.state},
        ${done ? t.at.toISOString() : null}::timestamptz, ${done ? t.actor.personId : null}::uuid,
        ${t.at.toISOString()}, ${t.actor.personId})`.execute(t.db)
    await told(around, item, 'added', { id, from: null, to: proof })
  })
}

/** @throws AppError besides those of `addProof`: `changed-meanwhile` with the proof as it is now */
export function changeProof(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  input: Where & { readonly proofId: string; readonly version: number; readonly proof: ProofInput },
): Promise<Sheet> {
  return withinProcurement(deps, actor, deed(input.id), async (around) => {
    const item = included(itemOfSheet(around.sheet, input.item))
    const before = proofOf(item, input.proofId, input.version)
    const proof = checked(item, input.proof)
    const { t } = around
    const done = proof.state === 'done'
    await sql`update item_proof set kind = ${proof.kind}, what = ${proof.what}, setting = ${proof.setting},
        responsible = ${proof.responsible}, stage = ${proof.stage}, due_on = ${proof.dueOn}, state = ${proof.state},
        done_at = case when ${done} then coalesce(done_at, ${t.at.toISOString()}::timestamptz) end,
        done_by = case when ${done} then coalesce(done_by, ${t.actor.personId}::uuid) end, version = version + 1
      where id = ${before.id}`.execute(t.db)
    await told(around, item, 'changed', { id: before.id, from: before, to: proof })
  })
}

/** Takes away a proof that is not given yet. One that is done stays. @throws AppError `wrong-state` */
export function removeProof(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  input: Where & { readonly proofId: string; readonly version: number },
): Promise<Sheet> {
  return withinProcurement(deps, actor, deed(input.id), async (around) => {
    const item = itemOfSheet(around.sheet, input.item)
    const before = proofOf(item, input.proofId, input.version)
    if (before.state === 'done') throw new AppError('wrong-state', { reason: 'proof-is-done' })
    await sql`delete from item_proof where id = ${before.id}`.execute(around.t.db)
    await told(around, item, 'removed', { id: before.id, from: before, to: null })
  })
}

function included(item: SheetItem): SheetItem {
  if (item.included !== true) throw new AppError('wrong-state', { reason: 'not-included', item: item.item })
  return item
}

function checked(item: SheetItem, input: ProofInput): Required<ProofInput> {
  const proof = { ...input, setting: input.setting ?? null, dueOn: input.dueOn ?? null, state: input.state ?? 'open' }
  if (proof.kind === 'run-time-rule' && proof.setting === null) throw missing('/setting')
  if (proof.kind === 'evidence' && proof.state === 'done' && item.files === 0)
    throw new AppError('wrong-state', { reason: 'no-evidence', item: item.item })
  return proof
}

function proofOf(item: SheetItem, id: string, version: number): ItemProof {
  const found = item.proofs.find((proof) => proof.id === id)
  if (!found) throw new AppError('not-found', { proof: id })
  if (found.version !== version) throw new AppError('changed-meanwhile', { now: found })
  return found
}

async function told(
  { t, procurement }: Around,
  item: SheetItem,
  what: 'added' | 'changed' | 'removed',
  { id, from, to }: { readonly id: string; readonly from: unknown; readonly to: Required<ProofInput> | null },
): Promise<void> {
  await insertChanges(t, procurement, `proof.${what}`, [
    { checkItemId: item.id, item: item.item, fields: { proof: { from, to } } },
  ])
  const detail = { item: item.item, proof: id, kind: to?.kind ?? null, state: to?.state ?? null }
  await t.append(entryOf(procurement, `procurement.proof-${what}`, detail))
}
