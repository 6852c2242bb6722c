import { sql } from 'kysely'

import type { Actor } from '#audit/transaction.ts'

import type { EditDeps } from './edit-clause.ts'
import type { Contact } from './model.ts'
import { eventOf, openVersion } from './open-version.ts'
import { tell } from './store-write.ts'

/** Sets the day from which a draft is to hold, and where staff turn to. @throws AppError as `openVersion` */
export function changeVersion(
  deps: EditDeps,
  actor: Actor,
  input: {
    readonly id: string
    readonly seen: number
    readonly effectiveFrom?: string | null | undefined
    readonly contact?: Contact | null | undefined
  },
): Promise<void> {
  return deps.tx(actor, async (t) => {
    const { id, seen, effectiveFrom, contact } = input
    const loaded = await openVersion(deps, t, { id, seen, what: 'write', state: 'draft' })
    await sql`update rule_version set
        effective_from = ${effectiveFrom === undefined ? sql.ref('effective_from') : sql`${effectiveFrom}::date`},
        contact = ${contact === undefined ? sql.ref('contact') : contact === null ? sql`null` : sql`${JSON.stringify(contact)}::jsonb`},
        version = version + 1, updated_at = ${t.at.toISOString()} where id = ${id}`.execute(t.db)
    const fields = Object.entries({ effectiveFrom, contact }).flatMap(([k, v]) => (v === undefined ? [] : [k]))
    await tell(t, { ...eventOf(loaded), type: 'version-changed', detail: { fields } })
  })
}

/** Throws a draft away; a rule of which nothing was ever adopted goes with it. The log keeps that it was there. */
export function discardVersion(
  deps: EditDeps,
  actor: Actor,
  input: { readonly id: string; readonly seen: number },
): Promise<void> {
  return deps.tx(actor, async (t) => {
    const loaded = await openVersion(deps, t, { ...input, what: 'write', state: 'draft' })
    const { id, ruleId } = loaded.row
    await sql`delete from rule_version where id = ${id}`.execute(t.db)
    await sql`delete from user_rule r where id = ${ruleId}
      and not exists (select 1 from rule_version v where v.rule_id = r.id)`.execute(t.db)
    await tell(t, { ...eventOf(loaded), type: 'discarded', detail: { number: loaded.version.number } })
  })
}
