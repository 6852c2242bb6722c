import { sql } from 'kysely'
import { z } from 'zod'

import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { ItemProof, Sheet, SheetItem } from './api.ts'
import { missing } from './edit-item.ts'
import { proofKinds, proofStages, proofStates } from './model.ts'
import { insertChanges } from './store.ts'
import { insertProofs, type NewProof } from './store-items.ts'
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
    await insertProofs(t, procurement, [{ id, checkItemId: item.id, ...proof }])
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

type Proof = Omit<NewProof, 'id' | 'checkItemId'>

function checked(item: SheetItem, input: ProofInput): Proof {
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
  { id, from, to }: { readonly id: string; readonly from: unknown; readonly to: Proof | null },
): Promise<void> {
  await insertChanges(t, procurement, `proof.${what}`, [
    { checkItemId: item.id, item: item.item, fields: { proof: { from, to } } },
  ])
  const detail = { item: item.item, proof: id, kind: to?.kind ?? null, state: to?.state ?? null }
  await t.append(entryOf(procurement, `procurement.proof-${what}`, detail))
}
