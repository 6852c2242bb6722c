import { z } from 'zod'

import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { Sheet, SheetItem } from './api.ts'
import { chapterSchema, clauseStates, evidenceSchema, longText, waysSchema } from './model.ts'
import { insertChanges } from './store.ts'
import { type ItemTexts, saveTexts } from './store-items.ts'
import { entryOf, itemOfSheet, withinProcurement } from './within-procurement.ts'
import { mayEdit } from './workflow.ts'

export const itemEditSchema = z.strictObject({
  requirement: longText.optional(),
  chapter: chapterSchema.optional(),
  evidence: evidenceSchema.optional(),
  verification: waysSchema.optional(),
  clauseText: longText.optional(),
  clauseNumber: chapterSchema.optional(),
  clauseState: z.enum(clauseStates).optional(),
  /** Day of the agreement; needed when, and only when, the clause is agreed. */
  agreedOn: z.iso.date().nullable().optional(),
})
export type ItemEdit = z.infer<typeof itemEditSchema>
type Field = keyof ItemEdit

const ofClause = new Set<Field>(['clauseText', 'clauseNumber', 'clauseState', 'agreedOn'])

type Texts = { -readonly [K in keyof Omit<ItemTexts, 'id'>]: ItemTexts[K] }

const presentOf = (item: SheetItem): Texts => ({
  requirement: item.requirement,
  chapter: item.chapter,
  evidence: item.evidence,
  verification: item.verification,
  clauseText: item.clause.text,
  clauseNumber: item.clause.number,
  clauseState: item.clause.state,
  agreedOn: item.clause.agreedOn,
})

/**
 * Words an included item: requirement, evidence asked for, how it is verified, clause and its state.
 * @param input  `version`: of the item, the one the person saw
 * @throws AppError `not-found`, `not-permitted`, `changed-meanwhile` with the item as it is now, `wrong-state` when bidders
 *   were already asked, `bad-input` at `/agreedOn`
 */
export function editItem(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  input: { readonly id: string; readonly item: string; readonly version: number; readonly edit: ItemEdit },
): Promise<Sheet> {
  return withinProcurement(deps, actor, { id: input.id, action: 'keep-procurement' }, async (around) => {
    const { t, procurement, sheet } = around
    const item = itemOfSheet(sheet, input.item, input.version)
    const before = presentOf(item)
    const after = { ...before, ...defined(input.edit) }
    if (after.clauseState !== 'agreed') after.agreedOn = null
    if (after.clauseState === 'agreed' && after.agreedOn === null) throw missing('/agreedOn')
    const changed = (Object.keys(after) as Field[]).filter((key) => !same(before[key], after[key]))
    for (const key of changed) {
      const part = ofClause.has(key) ? 'clause' : 'requirement'
      if (!mayEdit(procurement.state, part)) throw new AppError('wrong-state', { state: procurement.state, part })
    }
    if (changed.length === 0) return
    await saveTexts(t, [{ id: item.id, ...after }])
    const fields = Object.fromEntries(changed.map((key) => [key, { from: before[key], to: after[key] }]))
    await insertChanges(t, procurement, 'item.changed', [{ checkItemId: item.id, item: item.item, fields }])
    await t.append(entryOf(procurement, 'procurement.item-changed', { item: item.item, fields: changed }))
  })
}

const defined = (edit: ItemEdit): Partial<Texts> =>
  Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined))
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
export const missing = (path: string) =>
  new AppError('bad-input', { in: 'body', issues: [{ path, keyword: 'required', params: {} }] })
