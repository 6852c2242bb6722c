import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'

import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'
import { loadSheet } from '#procurement/sheets/load-sheet.ts'
import { loadComparison } from '#procurement/tenders/load-comparison.ts'

import type { FormPreview, PlannerForm } from './api.ts'
import { compareForm } from './excel/compare-form.ts'
import type { Difference, Form, FormFault } from './excel/model.ts'
import { planItems } from './excel/plan-items.ts'
import { planMarks } from './excel/plan-marks.ts'
import { type FormReading, readForm } from './excel/read-form.ts'
import { loadForm } from './load-form.ts'

const mostFaults = 200

/** Everything that a file says, held against the sheet as it is on this connection. */
export type Judged = {
  readonly form: Form | undefined
  readonly faults: readonly FormFault[]
  readonly differences: readonly Difference[]
  readonly cells: number
}

/** In the language in which the file was written, whoever brings it. */
export async function judgeForm(db: Db, id: string, kind: PlannerForm, reading: FormReading): Promise<Judged> {
  if (!reading.ok) return { form: undefined, faults: reading.faults, differences: [], cells: 0 }
  const form = await loadForm(db, id, kind, reading.form.machine.language)
  const compared = compareForm(form, reading.form)
  const faults = [...reading.faults, ...compared.faults]
  const planned =
    kind === 'comparison'
      ? planMarks(await loadComparison(db, id), form, compared.differences).faults
      : planItems(await loadSheet(db, id), form, compared.differences).faults
  return { ...compared, form, faults: [...faults, ...planned] }
}

/**
 * Keeps a filled workbook and shows what it would change, cell by cell. Nothing is taken. A file with faults is not kept.
 * @throws AppError `not-permitted`, `not-found`, `bad-file`, `too-large`, `unsupported-format` with a FileFault
 */
export async function previewForm(
  deps: ProcurementDeps,
  actor: Actor,
  given: { readonly id: string; readonly sheet: PlannerForm; readonly fileName: string; readonly content: Readable },
): Promise<FormPreview> {
  const { organisation } = await loadSheet(deps.db, given.id)
  deps.may(actor, 'keep-procurement', { organisationPath: organisation.path })
  const kept = await deps.files.keep(given.content)
  const drop = async () => {
    // One that was there before belongs to somebody else.
    if (kept.fresh) await deps.files.remove(kept.sha256)
  }
  try {
    const reading = await readForm(given.fileName, await deps.files.read(kept.sha256), given.sheet)
    const judged = await judgeForm(deps.db, given.id, given.sheet, reading)
    if (judged.faults.length > 0 || judged.differences.length === 0) await drop()
    return {
      sheet: given.sheet,
      sha256: kept.sha256,
      fileName: given.fileName,
      faults: judged.faults.slice(0, mostFaults),
      faultCount: judged.faults.length,
      differences: [...judged.differences],
      cells: judged.cells,
      seen: seenOf(judged),
    }
  } catch (error) {
    await drop()
    throw error
  }
}

/** What a person saw: where the sheet changes between the preview and the yes, it is another one. */
export const seenOf = ({ differences }: Pick<Judged, 'differences'>): string =>
  createHash('sha256').update(JSON.stringify(differences)).digest('hex')
