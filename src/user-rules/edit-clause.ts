import { sql } from 'kysely'

import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { Clause } from './api.ts'
import type { ClauseContent } from './model.ts'
import { eventOf, openVersion, type RuleUse } from './open-version.ts'
import type { Loaded } from './store-read.ts'
import { type RuleEventType, tell, touch } from './store-write.ts'

export type EditDeps = RuleUse & { readonly tx: RunTx }

export type ClauseEdit = {
  readonly versionId: string
  readonly clauseId: string
  /** That of the clause, as the person saw it. */
  readonly seen: number
}

/**
 * What every change of one clause has in common. Two people may work on different clauses of one version at once; of one
 * clause, the second is shown what the first wrote, and nothing is lost.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` unless the version is a draft, `changed-meanwhile` with
 *   the clause as it is `now`
 */
export function editClause(
  deps: EditDeps,
  actor: Actor,
  edit: ClauseEdit,
  change: (t: Tx, clause: Clause, loaded: Loaded) => Promise<{ type: RuleEventType; detail?: object }>,
): Promise<void> {
  return deps.tx(actor, async (t) => {
    const loaded = await openVersion(deps, t, { id: edit.versionId, what: 'write', state: 'draft' })
    const clause = loaded.version.clauses.find(({ id }) => id === edit.clauseId)
    if (!clause) throw new AppError('not-found', { clause: edit.clauseId })
    if (clause.version !== edit.seen) throw new AppError('changed-meanwhile', { now: clause })
    const { type, detail = {} } = await change(t, clause, loaded)
    await sql`update rule_clause set version = version + 1, updated_at = ${t.at.toISOString()}, updated_by = ${actor.personId}
      where version_id = ${edit.versionId} and id = ${edit.clauseId}`.execute(t.db)
    await touch(t, edit.versionId)
    await tell(t, { ...eventOf(loaded), type, detail: { clause: edit.clauseId, ...detail } })
  })
}

const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`

/** Changes what a clause says. That both languages say the same is to be confirmed again once one of them has changed. */
export function changeClause(
  deps: EditDeps,
  actor: Actor,
  edit: ClauseEdit,
  to: Partial<ClauseContent>,
): Promise<void> {
  return editClause(deps, actor, edit, async (t, clause) => {
    const { section, heading, text, staff, settings, change, wordingOnly } = { ...clause, ...to }
    const wordsOf = (c: Pick<Clause, 'heading' | 'text' | 'staff'>) => JSON.stringify([c.heading, c.text, c.staff])
    const worded = wordsOf({ heading, text, staff }) !== wordsOf(clause)
    await sql`update rule_clause set section = ${section}, heading = ${json(heading)}, body = ${json(text)},
        staff = ${json(staff)}, settings = ${json(settings)},
        change = ${change === null ? sql`null` : json(change)}, wording_only = ${wordingOnly},
        same_meaning_at = ${worded ? sql`null` : sql.ref('same_meaning_at')},
        same_meaning_by = ${worded ? sql`null` : sql.ref('same_meaning_by')}
      where version_id = ${edit.versionId} and id = ${edit.clauseId}`.execute(t.db)
    return { type: 'clause-changed', detail: { fields: Object.keys(to), settings: settings.length } }
  })
}

/** Says that the English text says what the Japanese one does. */
export function confirmMeaning(deps: EditDeps, actor: Actor, edit: ClauseEdit): Promise<void> {
  return editClause(deps, actor, edit, async (t) => {
    await sql`update rule_clause set same_meaning_at = ${t.at.toISOString()}, same_meaning_by = ${actor.personId}
      where version_id = ${edit.versionId} and id = ${edit.clauseId}`.execute(t.db)
    return { type: 'meaning-confirmed' }
  })
}

/** Takes a clause out, with the reason; it stays to be seen in this version and can be put back. */
export function removeClause(deps: EditDeps, actor: Actor, edit: ClauseEdit, because: string): Promise<void> {
  return editClause(deps, actor, edit, async (t, clause) => {
    if (clause.removedBecause !== null) throw new AppError('wrong-state', { what: 'rule-clause', from: 'removed' })
    await sql`update rule_clause set removed_because = ${because}
      where version_id = ${edit.versionId} and id = ${edit.clauseId}`.execute(t.db)
    return { type: 'clause-removed' }
  })
}

export function restoreClause(deps: EditDeps, actor: Actor, edit: ClauseEdit): Promise<void> {
  return editClause(deps, actor, edit, async (t, clause) => {
    if (clause.removedBecause === null) throw new AppError('wrong-state', { what: 'rule-clause', from: 'in-text' })
    await sql`update rule_clause set removed_because = null
      where version_id = ${edit.versionId} and id = ${edit.clauseId}`.execute(t.db)
    return { type: 'clause-restored' }
  })
}
