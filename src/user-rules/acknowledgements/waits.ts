import { officeDay } from '#access/office-day.ts'
import type { Wait, WaitSource } from '#register/waits.ts'

import { addUp, rollUp } from './follow.ts'
import { isAsked, standingOf } from './model.ts'
import { countPlaces, placesBelow } from './store-follow.ts'
import { askingAround, rulesConcerning } from './store-standing.ts'

const followers = new Set(['caio', 'caio-office', 'provider', 'planner'])
const others = new Set(['board', 'secretariat', 'desk', 'auditor', 'supplier', 'public'])

/** Whole days are counted in the time of Japan, as the guideline's offices do. */
const today = (at: Date) => officeDay(at, 'Asia/Tokyo')

/** Rules that the person must acknowledge, and acknowledgements that are missing where the role is held. */
export const acknowledgementWaits: WaitSource = async (db, asking, at) => {
  const { role } = asking
  if (others.has(role)) return []
  const on = today(at)
  const waits: Wait[] = []
  const own = (await rulesConcerning(db, asking.personId, on))
    .filter((rule) => isAsked(standingOf(rule, { since: rule.since, number: rule.acknowledged?.number ?? null })))
    .map(({ since, askedFrom }) => (since > askedFrom ? since : askedFrom))
  if (own.length > 0 && asking.onBehalfOf === undefined)
    waits.push({ ...one('rule-to-acknowledge', 'myRules', own.length, own.toSorted()[0]!), who: role as Wait['who'] })
  if (!followers.has(role)) return waits
  const who = role === 'caio-office' ? 'caio-office' : 'provider'
  const places = await placesBelow(db, asking.organisationId)
  for (const rule of await askingAround(db, asking.organisationId, on)) {
    const { earlier, never } = addUp([rollUp(asking.organisationId, places, await countPlaces(db, rule, on, 0)).total])
    if (earlier + never === 0) continue
    const wait = one('staff-missing', 'acknowledgements', earlier + never, rule.askedFrom)
    waits.push({ ...wait, who, filter: { rule: rule.ruleId } })
  }
  return waits
}

const one = (what: string, screen: Wait['screen'], count: number, since: string): Omit<Wait, 'who'> => ({
  what,
  screen,
  count,
  oldest: `${since}T00:00:00.000Z`,
  filter: {},
})
