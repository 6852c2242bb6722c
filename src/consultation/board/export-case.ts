import { createHash } from 'node:crypto'
import { sql } from 'kysely'

import type { Actor } from '#audit/transaction.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import { AppError } from '#platform/errors.ts'
import { writeZip, type ZipPart } from '#register/spreadsheet/write-zip.ts'

import { loadCase } from './load-case.ts'
import { printablePage } from './printable.ts'
import { requireReading } from './standing.ts'

/**
 * Everything of a case that is open to who asks, as one ZIP: the dossier to the letter as it was hashed, a page to read and
 * print, opinions and questions as JSON, the evidence as it was frozen, and a list of hashes for `sha256sum --check`.
 * @throws AppError `not-found` (also where nothing was submitted yet), `not-permitted`, `unavailable` for a changed file
 */
export async function exportCase(
  deps: Pick<ConsultationDeps, 'db' | 'tx' | 'may' | 'library' | 'files'>,
  actor: Actor,
  asked: { readonly id: string; readonly language: 'ja' | 'en' },
): Promise<{ fileName: string; content: Uint8Array }> {
  await requireReading(deps, actor, asked.id, 'read-docket')
  const detail = await loadCase(deps, actor, asked.id)
  const { inside } = detail
  const dossier = inside?.dossier
  if (!inside || !dossier) throw new AppError('not-found', { dossier: asked.id })
  const { rows } = await sql<{ content: string }>`select content from board_dossier where id = ${dossier.id}`.execute(
    deps.db,
  )
  const page = printablePage(detail, { ...inside, dossier }, asked.language)
  const { differences, opinions, questions, declarations } = inside
  const said = JSON.stringify({ case: dossier.content.case, differences, opinions, questions, declarations }, null, 2)
  const parts: ZipPart[] = [
    { name: 'dossier.json', text: [rows[0]!.content] },
    { name: 'dossier.html', text: [page] },
    { name: 'deliberation.json', text: [said] },
  ]
  for (const [i, file] of dossier.content.evidence.entries())
    parts.push({
      name: `evidence/${String(i + 1).padStart(2, '0')}-${file.fileName}`,
      text: [await deps.files.read(file.sha256)],
    })
  const sums = parts.map(({ name, text }) => `${hashOf(text)}  ${name}\n`).join('')
  await deps.tx(actor, (t) =>
    t.append({
      type: 'board.case-exported',
      itemKind: 'board-case',
      itemId: asked.id,
      organisationId: detail.organisation.id,
      detail: { dossier: dossier.id, files: parts.length },
    }),
  )
  return {
    fileName: `${dossier.content.case.number}-v${dossier.number}.zip`,
    content: await writeZip([...parts, { name: 'SHA256SUMS', text: [sums] }]),
  }
}

function hashOf(pieces: Iterable<string | Uint8Array>): string {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}
