import { officeDay } from '#access/office-day.ts'
import type { Db } from '#platform/database.ts'

import { compile, type Looser, looserThan } from './compile.ts'
import { loadInForce, type Loaded } from './store-read.ts'
import { type Review } from './store-reviews.ts'
import type { Situation } from './workflow.ts'

/** Where a system's rule is looser than the rule of its ministry on the day from which it is to hold. */
export async function looserOf(db: Db, { row, version }: Loaded, today: string): Promise<Looser[]> {
  if (row.level === 'ministry') return []
  const on = version.effectiveFrom !== null && version.effectiveFrom > today ? version.effectiveFrom : today
  const ministry = await loadInForce(db, { organisationId: row.organisationId }, on)
  return ministry ? looserThan(compile(version), compile(ministry)) : []
}

/** What the steps of a version look at. */
export async function situationOf(
  deps: { readonly timeZone: string },
  at: { readonly db: Db; readonly at: Date },
  loaded: Loaded,
  reviews: readonly Pick<Review, 'finding'>[],
): Promise<Situation> {
  const today = officeDay(at.at, deps.timeZone)
  const { row, version } = loaded
  const articles = version.clauses.flatMap(({ number, sameMeaning }) =>
    number === null ? [] : [{ number, sameMeaning: sameMeaning !== null }],
  )
  return {
    state: row.stored,
    articles,
    reviews,
    effectiveFrom: version.effectiveFrom,
    beforeFrom: row.beforeFrom,
    hasContact: version.contact !== null,
    looser: await looserOf(at.db, loaded, today),
    today,
  }
}
