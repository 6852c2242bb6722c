import { sql } from 'kysely'

import type { Actor, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import { type ClauseEdit, editClause, type EditDeps } from './edit-clause.ts'
import type { Guide } from './guide.ts'
import type { ClauseContent, Section } from './model.ts'
import { eventOf, openVersion } from './open-version.ts'
import { insertClauses, tell, touch } from './store-write.ts'

/** The place after a clause of a section, or before its first one: halfway to the next, so that no other has to move. */
async function placeAfter(t: Tx, versionId: string, section: Section, after: string | null): Promise<number> {
  const { rows } = await sql<{ id: string; position: number }>`
    select id, position from rule_clause where version_id = ${versionId} and section = ${section}
    order by position, id`.execute(t.db)
  const at = after === null ? -1 : rows.findIndex(({ id }) => id === after)
  if (after !== null && at < 0) throw new AppError('bad-input', { field: 'after', known: rows.map(({ id }) => id) })
  const [before, next] = [rows[at]?.position, rows[at + 1]?.position]
  if (before === undefined) return next === undefined ? 1 : next - 1
  return next === undefined ? before + 1 : (before + next) / 2
}

export type NewClauseInput =
  /** A clause that the guide offers. */
  | { readonly fromGuide: string }
  /** One of the ministry's own. */
  | { readonly content: ClauseContent; readonly after: string | null }

/**
 * Adds a clause to a draft.
 * @throws AppError `not-found` (the version; the clause of the guide), `not-permitted`, `wrong-state`, `already-exists`
 */
export function addClause(
  deps: EditDeps & { readonly userRuleGuide: Guide },
  actor: Actor,
  versionId: string,
  input: NewClauseInput,
): Promise<{ id: string }> {
  return deps.tx(actor, async (t) => {
    const loaded = await openVersion(deps, t, { id: versionId, what: 'write', state: 'draft' })
    const { id, content, after, basedOn } =
      'fromGuide' in input
        ? fromGuide(deps.userRuleGuide, loaded.row.level, input.fromGuide, loaded.version.clauses)
        : { ...input, id: `c-${t.newId().slice(-12)}`, basedOn: null }
    if (loaded.version.clauses.some((clause) => clause.id === id)) throw new AppError('already-exists', { clause: id })
    const position = await placeAfter(t, versionId, content.section, after)
    await insertClauses(t, versionId, [{ id, content, position, basedOn, sameMeaning: false }])
    await touch(t, versionId)
    await tell(t, { ...eventOf(loaded), type: 'clause-added', detail: { clause: id } })
    return { id }
  })
}

/** It takes the place that it has in the guide: after the nearest one before it that is there. */
function fromGuide(
  guide: Guide,
  level: 'ministry' | 'system',
  id: string,
  there: readonly { id: string; section: string }[],
) {
  const seeds = guide.clauses[level]
  const index = seeds.findIndex((seed) => seed.id === id)
  const seed = seeds[index]
  if (!seed) throw new AppError('not-found', { clause: id })
  const before = seeds
    .slice(0, index)
    .findLast((s) => there.some((c) => c.id === s.id && c.section === seed.content.section))
  return { id, content: seed.content, after: before?.id ?? null, basedOn: id }
}

/** Moves a clause within its section or into another one. @param to `after`: the clause it follows; nothing: it is first */
export function moveClause(
  deps: EditDeps,
  actor: Actor,
  edit: ClauseEdit,
  to: { readonly section: Section; readonly after: string | null },
): Promise<void> {
  return editClause(deps, actor, edit, async (t) => {
    if (to.after === edit.clauseId) throw new AppError('bad-input', { field: 'after' })
    const position = await placeAfter(t, edit.versionId, to.section, to.after)
    await sql`update rule_clause set section = ${to.section}, position = ${position}
      where version_id = ${edit.versionId} and id = ${edit.clauseId}`.execute(t.db)
    return { type: 'clause-moved' }
  })
}
