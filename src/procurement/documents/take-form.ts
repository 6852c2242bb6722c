import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'
import { decideItem } from '#procurement/sheets/decide-items.ts'
import { editItem } from '#procurement/sheets/edit-item.ts'
import { loadSheet } from '#procurement/sheets/load-sheet.ts'
import { lockProcurement } from '#procurement/sheets/store.ts'
import { evaluateAnswer } from '#procurement/tenders/evaluate-answer.ts'
import { loadComparison } from '#procurement/tenders/load-comparison.ts'

import type { PlannerForm } from './api.ts'
import { type Choices, type Difference, differenceKey, type Form } from './excel/model.ts'
import { planItems } from './excel/plan-items.ts'
import { planMarks } from './excel/plan-marks.ts'
import { readForm } from './excel/read-form.ts'
import { judgeForm, seenOf } from './preview-form.ts'
import { insertTaken } from './store.ts'

export type Taking = {
  readonly id: string
  readonly sheet: PlannerForm
  readonly sha256: string
  readonly fileName: string
  /** Of the preview: what the person said yes to. */
  readonly seen: string
  readonly choices: Choices
}

/**
 * Takes what was shown of a filled workbook, all of it in one transaction or nothing. Each cell goes the way it would go
 * on the screen, by the same use cases, so that the same rules and the same history hold.
 * @throws AppError `not-permitted`, `not-found` (the file too), `changed-meanwhile` when the sheet changed since the preview,
 *   `bad-input` (`form-faults`, `conflict-open` with the cells), and what the use cases refuse
 */
export async function takeForm(
  deps: ProcurementDeps,
  actor: Actor,
  taking: Taking,
): Promise<{ cells: number; rows: number }> {
  const { organisation } = await loadSheet(deps.db, taking.id)
  deps.may(actor, 'keep-procurement', { organisationPath: organisation.path })
  // Read before the transaction: a thread takes its time, and the embedded engine has one connection.
  const reading = await readForm(taking.fileName, await deps.files.read(taking.sha256), taking.sheet)
  return deps.tx(actor, async (t) => {
    const procurement = await lockProcurement(t.db, taking.id)
    const judged = await judgeForm(t.db, taking.id, taking.sheet, reading)
    if (judged.faults.length > 0 || !judged.form)
      throw new AppError('bad-input', { reason: 'form-faults', faults: judged.faults.slice(0, 20) })
    if (seenOf(judged) !== taking.seen) throw new AppError('changed-meanwhile', { now: taking.id })
    const chosen = resolve(judged.differences, taking.choices)
    await apply(deps, t, { ...taking, form: judged.form, differences: chosen })
    if (chosen.length > 0) {
      const place = {
        procurementId: taking.id,
        systemId: procurement.systemId,
        organisationId: procurement.organisationId,
      }
      const { sheet, fileName, sha256 } = taking
      await insertTaken(t, { ...place, sheet, fileName, sha256, cells: chosen.length })
      await t.append({
        type: 'document.sheet-taken',
        itemKind: 'procurement',
        itemId: taking.id,
        organisationId: procurement.organisationId,
        detail: { sheet, sha256, cells: chosen.length },
      })
    }
    return { cells: chosen.length, rows: new Set(chosen.map((one) => one.id)).size }
  })
}

/** Where both changed, a person says which one; nobody is overruled in silence. */
function resolve(differences: readonly Difference[], choices: Choices): Difference[] {
  const open = differences.filter((one) => one.conflict && choices[differenceKey(one)] === undefined)
  if (open.length > 0)
    throw new AppError('bad-input', { reason: 'conflict-open', cells: open.slice(0, 20).map(({ cell }) => cell) })
  return differences.filter((one) => !one.conflict || choices[differenceKey(one)] === 'file')
}

type Applying = Taking & { readonly form: Form; readonly differences: readonly Difference[] }

async function apply(deps: ProcurementDeps, t: Tx, { id, sheet: kind, form, differences }: Applying): Promise<void> {
  // The use cases open a transaction of their own; here they do their work in this one.
  const tx: RunTx = (_actor, work) => work(t)
  const inside = { tx, may: deps.may }
  if (kind === 'comparison') {
    const plan = planMarks(await loadComparison(t.db, id), form, differences)
    for (const deed of plan.deeds) await evaluateAnswer(inside, t.actor, { procurementId: id, ...deed })
    return
  }
  const plan = planItems(await loadSheet(t.db, id), form, differences)
  if (plan.faults.length > 0)
    throw new AppError('bad-input', { reason: 'form-faults', faults: plan.faults.slice(0, 20) })
  for (const { item, version, decision, edit } of plan.deeds) {
    if (decision) await decideItem(inside, t.actor, { id, item, version, ...decision })
    if (edit) await editItem(inside, t.actor, { id, item, version: decision ? version + 1 : version, edit })
  }
}
