import type { z } from 'zod'

import type { Actor } from '#audit/transaction.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'
import { compareForm } from '#procurement/documents/excel/compare-form.ts'
import { formWords } from '#procurement/documents/excel/form-words.ts'
import { answerSheetForm } from '#procurement/documents/excel/forms.ts'
import type { Language } from '#procurement/documents/excel/model.ts'
import { readForm } from '#procurement/documents/excel/read-form.ts'
import { writeForm } from '#procurement/documents/excel/write-form.ts'
import { formFileName, xlsxType } from '#procurement/documents/load-form.ts'
import type { MadeFile } from '#procurement/documents/make-document.ts'

import type { AnswerFormPreview, takeAnswersSchema } from './api.ts'
import { loadOwnTender } from './load-own-tender.ts'
import { mayAnswer, openTender, sentTender } from './open-tender.ts'
import { writeAnswer } from './save-answer.ts'

type Deps = Pick<ProcurementDeps, 'db' | 'may' | 'now'>

async function ownTender(deps: Deps, actor: Actor, id: string, action: 'read-tender' | 'answer-tender') {
  const tender = await sentTender(deps.db, id)
  if (action === 'answer-tender') mayAnswer(deps.may, actor, tender)
  else deps.may(actor, action, tender)
  return loadOwnTender(deps.db, actor, tender, deps.now())
}

/** The own answers as a workbook to fill in. @throws AppError `not-found`, `not-permitted` */
export async function makeAnswerForm(
  deps: Deps,
  actor: Actor,
  wanted: { readonly id: string; readonly language: Language },
): Promise<MadeFile> {
  const form = answerSheetForm(await ownTender(deps, actor, wanted.id, 'read-tender'), wanted.language)
  return { fileName: formFileName(form), contentType: xlsxType, content: Buffer.from(await writeForm(form)) }
}

/**
 * What a filled workbook would change, cell by cell. Nothing is taken, and the file is not kept.
 * @throws AppError `not-found`, `not-permitted`, `bad-file`, `unsupported-format` with a FileFault
 */
export async function previewAnswers(
  deps: Deps,
  actor: Actor,
  given: { readonly id: string; readonly fileName: string; readonly bytes: Uint8Array },
): Promise<AnswerFormPreview> {
  const own = await ownTender(deps, actor, given.id, 'answer-tender')
  const read = await readForm(given.fileName, given.bytes, 'answer-sheet')
  if (!read.ok) return { fileName: given.fileName, faults: [...read.faults], differences: [], cells: 0, fulfils: {} }
  const { language } = read.form.machine
  const { faults, differences, cells } = compareForm(answerSheetForm(own, language), read.form)
  const words = Object.entries(formWords[language].fulfils).map(([code, said]) => [said, code])
  return {
    fileName: given.fileName,
    faults: [...read.faults, ...faults],
    differences: [...differences],
    cells,
    fulfils: Object.fromEntries(words) as AnswerFormPreview['fulfils'],
  }
}

/**
 * Takes what was shown of a filled workbook as drafts: all of it or nothing.
 * @throws AppError as saveAnswer; `changed-meanwhile` when one of them was changed since it was shown
 */
export function takeAnswers(
  deps: Pick<ProcurementDeps, 'tx' | 'may'>,
  actor: Actor,
  input: z.output<typeof takeAnswersSchema> & { readonly tender: string },
): Promise<{ taken: number }> {
  return deps.tx(actor, async (t) => {
    const tender = await openTender(t, deps.may, input.tender)
    const takenFrom = { kind: 'spreadsheet', fileName: input.fileName } as const
    for (const answer of input.take) await writeAnswer(t, tender, { ...answer, takenFrom })
    return { taken: input.take.length }
  })
}
