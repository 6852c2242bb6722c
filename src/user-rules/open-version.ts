import type { Action } from '#access/model.ts'
import type { May } from '#access/may.ts'
import { officeDay } from '#access/office-day.ts'
import type { Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { Level } from './model.ts'
import { loadWithRow, type Loaded } from './store-read.ts'
import { lockVersion } from './store-write.ts'

export type RuleUse = { readonly may: May; readonly timeZone: string }

/** Who writes and who adopts, by level: policies/user-rules.cedar. */
export const actionOf = (level: Level, what: 'write' | 'adopt'): Action => `${what}-${level}-rule`

/**
 * A version that is about to be changed: held, read, asked about.
 * @param seen the version number that the person saw; left out where the change looks after itself
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` with `from` and `needs`, `changed-meanwhile` with the
 *   version as it is now
 */
export async function openVersion(
  deps: RuleUse,
  t: Tx,
  input: {
    readonly id: string
    readonly what: 'write' | 'adopt'
    readonly state?: 'draft' | 'review' | 'adopted'
    readonly seen?: number | undefined
  },
): Promise<Loaded> {
  await lockVersion(t.db, input.id)
  const loaded = await loadWithRow(t.db, input.id, officeDay(t.at, deps.timeZone))
  deps.may(t.actor, actionOf(loaded.row.level, input.what), { organisationPath: loaded.row.organisationPath })
  if (input.state !== undefined && loaded.row.stored !== input.state)
    throw new AppError('wrong-state', { what: 'rule-version', from: loaded.version.state, needs: input.state })
  if (input.seen !== undefined && loaded.row.version !== input.seen)
    throw new AppError('changed-meanwhile', { now: loaded.version })
  return loaded
}

export const eventOf = ({ row }: Loaded) => ({
  ruleId: row.ruleId,
  versionId: row.id,
  organisationId: row.organisationId,
  systemId: row.systemId,
})
