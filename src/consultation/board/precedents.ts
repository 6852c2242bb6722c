import { sql } from 'kysely'

import type { Name } from '#access/model.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import type { Db } from '#platform/database.ts'
import type { Actor } from '#audit/transaction.ts'

import { adviceCounts } from './advice-counts.ts'
import type { Precedent, Precedents } from './api.ts'
import { type Axes, similarity } from './axes.ts'
import { requireReading } from './standing.ts'

type Row = Omit<Precedent, 'similarity' | 'sameAxes' | 'advice' | 'organisation'> & {
  readonly organisationId: string
  readonly organisation: Name
  readonly ministry: Name
}

/** Dossiers are judged by: the latest of each case that was submitted. Row-level security leaves out what is not open. */
async function dossiersSeen(db: Db): Promise<Row[]> {
  const { rows } = await sql<Row>`select c.id as "caseId", c.number, c.title, c.organisation_id as "organisationId",
      jsonb_build_object('ja', o.name_ja, 'en', o.name_en) as organisation,
      jsonb_build_object('ja', r.name_ja, 'en', r.name_en) as ministry, c.state, c.submitted_at as "submittedAt",
      c.advised_at as "advisedAt", d.axes, d.fields_of_work as "fieldsOfWork", d.verdict
    from board_case c join board_dossier d on d.id = c.dossier_id join organisation o on o.id = c.organisation_id
    join organisation r on r.id = o.path[1]
    where c.number is not null order by c.submitted_at desc, c.id desc limit 2000`.execute(db)
  return rows
}

async function withAdvice(
  db: Db,
  found: readonly (Row & Pick<Precedent, 'similarity' | 'sameAxes'>)[],
): Promise<Precedent[]> {
  const counts = await adviceCounts(
    db,
    found.map(({ caseId }) => caseId),
  )
  return found.map(({ organisationId, organisation, ministry, ...row }) => ({
    ...row,
    organisation: { id: organisationId, name: organisation, ministry },
    advice: counts.get(row.caseId) ?? null,
  }))
}

/**
 * Cases whose dossier is like that of this one, the most alike first; of those alike the ones that were advised.
 * @param most how many are shown; `more` counts the rest
 * @throws AppError `not-found`, `not-permitted` for who does not read the case
 */
export async function precedentsOf(
  deps: Pick<ConsultationDeps, 'db' | 'tx' | 'boardRules'>,
  actor: Actor,
  asked: { readonly id: string; readonly all: boolean },
): Promise<Precedents> {
  await requireReading(deps, actor, asked.id)
  const rows = await dossiersSeen(deps.db)
  const own = rows.find(({ caseId }) => caseId === asked.id)
  if (!own) return { items: [], more: 0 }
  const { shown, atLeast } = deps.boardRules.precedents
  const alike = rows
    .filter(({ caseId }) => caseId !== asked.id)
    .map((row) => ({ ...row, ...similarity(own, row) }))
    .filter((row) => row.similarity >= atLeast)
    .toSorted(
      (a, b) =>
        b.similarity - a.similarity ||
        Number(b.state === 'advised') - Number(a.state === 'advised') ||
        b.submittedAt.localeCompare(a.submittedAt),
    )
  const items = asked.all ? alike.slice(0, 100) : alike.slice(0, shown)
  return { items: await withAdvice(deps.db, items), more: alike.length - items.length }
}

/** Dossiers by the states of their axes: those that have every state asked for. */
export async function listPrecedents(
  deps: Pick<ConsultationDeps, 'db'>,
  asked: { readonly axes: Axes; readonly fieldOfWork?: string | undefined; readonly advised: boolean },
): Promise<Precedents> {
  const rows = (await dossiersSeen(deps.db))
    .filter(({ axes }) => Object.entries(asked.axes).every(([id, state]) => axes[id] === state))
    .filter(({ fieldsOfWork }) => asked.fieldOfWork === undefined || fieldsOfWork.includes(asked.fieldOfWork))
    .filter(({ state }) => !asked.advised || state === 'advised')
    .map((row) => ({ ...row, similarity: null, sameAxes: [] }))
  return { items: await withAdvice(deps.db, rows.slice(0, 100)), more: Math.max(0, rows.length - 100) }
}
