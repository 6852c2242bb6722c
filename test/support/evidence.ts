import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { May } from '#access/may.ts'
import type { Actor } from '#audit/transaction.ts'
import type { EvidenceDeps } from '#evidence/deps.ts'
import { placeOfCondition } from '#consultation/advice/list-conditions.ts'
import { placeOfCase } from '#consultation/board/store.ts'
import { placeOfConsultation } from '#consultation/desk/store.ts'
import { loadEvidenceRules } from '#evidence/load-rules.ts'
import { evidenceRoutes } from '#evidence/routes.ts'
import type { Database } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { localFiles } from '#platform/files.ts'
import { createHttp } from '#platform/http.ts'
import { fromRoot } from '#platform/root.ts'
import { placeOfCheckItem } from '#procurement/sheets/place-of-item.ts'
import { placeOfAnswer } from '#procurement/tenders/place-of-answer.ts'
import { placeOfSystem } from '#register/place-of-system.ts'
import { txOn } from '#test/register.ts'

/** Roles that write where they are held; who may what in truth is tested by the access matrix. */
const may: May = (actor, action, item) => {
  const writes = ['caio', 'planner', 'provider', 'administrator'].includes(actor.role)
  if ((action !== 'read-evidence' && !writes) || actor.role === 'public')
    throw new AppError('not-permitted', { action })
  if (item && !item.organisationPath.includes(actor.organisationId))
    throw new AppError('not-permitted', { action, outside: true })
}

/** Only the routes of evidence, for one person: without sign-in and the rest of the house. */
export async function evidenceAppOn(database: Database, actor: Actor, more: Partial<EvidenceDeps['evidence']> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tenbin-evidence-'))
  const staging = join(folder, 'staging')
  const deps: EvidenceDeps = {
    db: database.db,
    tx: txOn(database),
    may,
    files: localFiles(join(folder, 'files')),
    evidence: {
      rules: loadEvidenceRules(fromRoot('keeping/evidence.yaml')),
      items: {
        system: placeOfSystem,
        consultation: placeOfConsultation,
        'board-case': placeOfCase,
        condition: placeOfCondition,
        'check-item': placeOfCheckItem,
        'tender-answer': placeOfAnswer,
      },
      staging,
      ...more,
    },
  }
  const app = await createHttp({
    maxUploadBytes: 50 * 1024 * 1024,
    onBug: (error) => {
      throw error
    },
  })
  app.decorateRequest('actor', { getter: () => actor })
  evidenceRoutes(app, deps)
  return { app, deps, folder, staging }
}

/** A form as a browser sends it: words first, then the file. */
export function formOf(words: Readonly<Record<string, string>>, file: { name: string; content: Uint8Array | string }) {
  const boundary = '----tenbin-test'
  const parts = Object.entries(words).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([
      Buffer.from(parts.join('') + head),
      Buffer.from(file.content),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  }
}
