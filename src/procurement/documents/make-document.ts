import { createHash } from 'node:crypto'

import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'
import { loadSheet } from '#procurement/sheets/load-sheet.ts'
import { loadComparison } from '#procurement/tenders/load-comparison.ts'

import type { Composing } from './composing.ts'
import { type Stamp, stampOf } from './digest-of.ts'
import { fillDocument } from './fill-document.ts'
import type { DocumentFormat, DocumentKind, Language } from './model.ts'
import { pagesByLink } from './pdf/read-pages.ts'
import { insertMade, namesOf, templateInForce } from './store.ts'
import { templateWords } from './word/template-words.ts'

export type DocumentWanted = {
  readonly id: string
  readonly kind: DocumentKind
  readonly format: DocumentFormat
  readonly language: Language
  readonly internal: boolean
}
export type MadeFile = { readonly fileName: string; readonly contentType: string; readonly content: Buffer }

const contentTypes = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const

/**
 * Makes a document of a procurement as it is now, with the template in force, and tells that it was made.
 * @throws AppError `not-permitted`, `not-found`, `unavailable` (`no-pdf-converter`, `pdf-failed`, `file-changed`)
 */
export async function makeDocument(deps: ProcurementDeps, actor: Actor, wanted: DocumentWanted): Promise<MadeFile> {
  deps.may(actor, 'read-procurement')
  const { kind, format, language } = wanted
  if (format === 'pdf' && !deps.convertToPdf) throw new AppError('unavailable', { reason: 'no-pdf-converter' })
  const given = await composingOf(deps, wanted)
  const file = await templateInForce(deps.db, given.sheet.organisation.path, kind, language)
  const template = file ? await deps.files.read(file.sha256) : undefined
  const docx = await fillDocument(kind, given, template)
  const content = format === 'pdf' ? await asPdf(deps, { kind, given, template, docx }) : docx
  const { sheet, stamp } = given
  await deps.tx(actor, async (t) => {
    const made = { kind, format, language, version: stamp.version, digest: stamp.digest, templateId: file?.id ?? null }
    const place = { procurementId: sheet.id, systemId: sheet.system.id, organisationId: sheet.organisation.id }
    await insertMade(t, { ...place, ...made, fileDigest: createHash('sha256').update(content).digest('hex') })
    await t.append({
      type: 'document.made',
      itemKind: 'procurement',
      itemId: sheet.id,
      organisationId: sheet.organisation.id,
      detail: made,
    })
  })
  return { fileName: fileNameOf(kind, given, format), contentType: contentTypes[format], content }
}

async function composingOf(deps: ProcurementDeps, wanted: DocumentWanted): Promise<Composing> {
  const sheet = await loadSheet(deps.db, wanted.id)
  const comparison = wanted.kind === 'evaluation-record' ? await loadComparison(deps.db, wanted.id) : undefined
  const { language } = wanted
  const entry = deps.library.get(sheet.catalog, sheet.edition)
  const sourceTitle = (id: string): string => {
    const title = entry?.content.sources.find((source) => source.id === id)?.title
    return title?.[language] ?? title?.['ja'] ?? id
  }
  return {
    sheet,
    ...(comparison ? { comparison } : {}),
    language,
    internal: wanted.internal,
    ministry: await namesOf(deps.db, sheet.organisation.path),
    guideline: guidelineOf(deps, language),
    sourceTitle,
    stamp: stampOf(wanted.kind, sheet, comparison),
    at: deps.now(),
  }
}

/** The document from which the checks are: that by which systems are judged. */
function guidelineOf({ editions }: ProcurementDeps, language: Language): string {
  const { catalog, edition, content } = editions.inForce()
  const title = content.title[language] ?? content.title['ja'] ?? ''
  return language === 'ja'
    ? `${title}（${catalog.toUpperCase()} 第${edition}版）`
    : `${title} (${catalog.toUpperCase()}, edition ${edition})`
}

type ForPdf = {
  readonly kind: DocumentKind
  readonly given: Composing
  readonly template: Buffer | undefined
  readonly docx: Buffer
}

/** Made twice: the first shows on which pages the headings stand, the second has them in the contents. */
async function asPdf({ convertToPdf }: ProcurementDeps, { kind, given, template, docx }: ForPdf): Promise<Buffer> {
  if (!convertToPdf) throw new AppError('unavailable', { reason: 'no-pdf-converter' })
  const first = await convertToPdf(docx)
  const pages = pagesByLink(first)
  if (pages.size === 0) return first
  return convertToPdf(await fillDocument(kind, given, template, (entry) => pages.get(entry)))
}

function fileNameOf(kind: DocumentKind, { sheet, language, stamp }: Composing, format: DocumentFormat): string {
  const title = templateWords[language].titles[kind].split(/[　:]/)[0] ?? ''
  const version = language === 'ja' ? `第${stamp.version}版` : `version ${stamp.version}`
  return `${sheet.number} ${title} ${version}.${format}`.replaceAll(/[\\/:*?"<>|]/g, ' ')
}

/** Of each kind, what a document made now would say at its foot. */
export async function stampsOf(deps: ProcurementDeps, id: string): Promise<{ kind: DocumentKind; stamp: Stamp }[]> {
  const [sheet, comparison] = [await loadSheet(deps.db, id), await loadComparison(deps.db, id)]
  return (['specification-annex', 'contract-annex', 'evaluation-record'] as const).map((kind) => ({
    kind,
    stamp: stampOf(kind, sheet, kind === 'evaluation-record' ? comparison : undefined),
  }))
}
