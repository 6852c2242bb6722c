import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'
import { loadSheet } from '#procurement/sheets/load-sheet.ts'
import { loadComparison } from '#procurement/tenders/load-comparison.ts'

import type { PlannerForm } from './api.ts'
import { formWords } from './excel/form-words.ts'
import { checkSheetForm, comparisonForm, contractSheetForm } from './excel/forms.ts'
import type { Form, Language } from './excel/model.ts'
import { writeForm } from './excel/write-form.ts'
import type { MadeFile } from './make-document.ts'

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A sheet of a procurement as it is now. @throws AppError `not-found` */
export async function loadForm(db: Db, id: string, kind: PlannerForm, language: Language): Promise<Form> {
  if (kind === 'comparison') return comparisonForm(await loadComparison(db, id), language)
  const sheet = await loadSheet(db, id)
  return kind === 'check-sheet' ? checkSheetForm(sheet, language) : contractSheetForm(sheet, language)
}

/**
 * Writes a sheet as a workbook to fill in. That it left the house is told to the log.
 * @throws AppError `not-permitted`, `not-found`
 */
export async function makeForm(
  deps: ProcurementDeps,
  actor: Actor,
  wanted: { readonly id: string; readonly sheet: PlannerForm; readonly language: Language },
): Promise<MadeFile> {
  deps.may(actor, 'read-procurement')
  const form = await loadForm(deps.db, wanted.id, wanted.sheet, wanted.language)
  const content = Buffer.from(await writeForm(form))
  const { organisation } = await loadSheet(deps.db, wanted.id)
  await deps.tx(actor, (t) =>
    t.append({
      type: 'document.sheet-exported',
      itemKind: 'procurement',
      itemId: wanted.id,
      organisationId: organisation.id,
      detail: { sheet: wanted.sheet, language: wanted.language, rows: form.rows.length },
    }),
  )
  return { fileName: formFileName(form), contentType: xlsxType, content }
}

export const formFileName = ({ procurement, kind, language }: Form): string =>
  `${procurement.number} ${formWords[language].sheets[kind]}.xlsx`
