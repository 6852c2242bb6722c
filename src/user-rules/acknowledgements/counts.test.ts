import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, it } from 'vitest'

import type { Db } from '#platform/database.ts'
import { putRule, putVersion } from '#test/acknowledgements.ts'
import { onEachEngine } from '#test/engines.ts'
import { make, type MadeOrganisation } from '#test/people.ts'

import { isAsked, standingOf } from './model.ts'
import { askingRule } from './store-standing.ts'
import { countPlaces, listStaff } from './store-follow.ts'

const today = '2026-06-15'
const deed = fc.oneof(
  fc.record({
    do: fc.constant('arrive' as const),
    at: fc.nat(2),
    from: fc.integer({ min: 1, max: 28 }),
    open: fc.boolean(),
  }),
  fc.record({ do: fc.constant('leave' as const), who: fc.nat(5), on: fc.integer({ min: 1, max: 28 }) }),
  fc.record({ do: fc.constant('move' as const), who: fc.nat(5), at: fc.nat(2) }),
  fc.record({ do: fc.constant('disable' as const), who: fc.nat(5) }),
  fc.record({ do: fc.constant('go' as const), who: fc.nat(5) }),
  fc.record({
    do: fc.constant('role' as const),
    who: fc.nat(5),
    role: fc.constantFrom('planner', 'auditor', 'provider'),
  }),
  fc.record({ do: fc.constant('adopt' as const), substance: fc.boolean() }),
  fc.record({ do: fc.constant('acknowledge' as const), who: fc.nat(5) }),
)
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never
type World = { db: Db; places: readonly MadeOrganisation[]; people: string[]; rule: string; versions: number }

async function act(world: World, one: Deed): Promise<void> {
  const { db, places, people, rule } = world
  const who = 'who' in one ? people[one.who % Math.max(people.length, 1)] : undefined
  if (one.do === 'arrive') {
    const from = `2026-06-${String(one.from).padStart(2, '0')}`
    people.push((await make.person(db, places[one.at]!, 'user', from, one.open ? null : '2026-06-28')).personId)
  } else if (one.do === 'adopt') {
    world.versions += 1
    await putVersion(db, rule, {
      from: `2026-05-${String(Math.min(world.versions, 28)).padStart(2, '0')}`,
      substance: one.substance,
    })
  } else if (who === undefined) return
  else if (one.do === 'leave')
    await sql`update role_held set to_date = greatest(from_date, ${`2026-06-${String(one.on).padStart(2, '0')}`}::date)
      where person_id = ${who}`.execute(db)
  else if (one.do === 'move')
    await sql`update person set organisation_id = ${places[one.at]!.id} where id = ${who}`.execute(db)
  else if (one.do === 'disable')
    await sql`update person set disabled_at = case when disabled_at is null then now() end where id = ${who}`.execute(
      db,
    )
  else if (one.do === 'go') {
    await sql`delete from person where id = ${who}`.execute(db)
    people.splice(people.indexOf(who), 1)
  } else if (one.do === 'role')
    await sql`insert into role_held (person_id, role, organisation_id, from_date, created_by)
      values (${who}, ${one.role}, ${places[0]!.id}, '2026-06-10', ${who})`.execute(db)
  else
    await sql`insert into acknowledged (rule_id, person_id, organisation_id, version_id, number, at)
      select a.rule_id, p.id, p.organisation_id, a.version_id, a.number, now() from rules_asking(${today}::date) a, person p
      where a.rule_id = ${rule} and p.id = ${who}
      on conflict (rule_id, person_id) do update set number = excluded.number, version_id = excluded.version_id`.execute(
      db,
    )
}

/** Straight from the roles, without anything that is kept. */
async function staffToday(db: Db): Promise<{ id: string; number: number | null }[]> {
  const { rows } = await sql<{ id: string; number: number | null }>`
    select p.id, a.number from person p left join acknowledged a on a.person_id = p.id
    where p.disabled_at is null and exists (select 1 from role_held h where h.person_id = p.id
      and h.role in ('caio', 'caio-office', 'planner', 'provider', 'user', 'administrator')
      and h.from_date <= ${today}::date and (h.to_date is null or h.to_date >= ${today}::date))`.execute(db)
  return rows
}

onEachEngine('the kept counts of acknowledgements', (database) => {
  it(
    'say the same as the people themselves, whoever comes, moves, leaves and acknowledges',
    { timeout: 120_000 },
    async () => {
      const { db } = database()
      await fc.assert(
        fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 25 }), async (deeds) => {
          const ministry = await make.organisation(db, 'あおば省')
          const places = [
            ministry,
            await make.organisation(db, '総務局', ministry),
            await make.organisation(db, '窓口局', ministry),
          ]
          const world: World = { db, places, people: [], rule: await putRule(db, ministry), versions: 0 }
          await act(world, { do: 'adopt', substance: true })
          for (const one of deeds) await act(world, one)
          const rule = (await askingRule(db, world.rule, today))!
          const counts = await countPlaces(db, rule, today, 14)
          const people = (await staffToday(db)).filter(({ id }) => world.people.includes(id))
          const expected = people.map(({ number }) => standingOf(rule, { since: today, number }))
          const sum = (what: 'staff' | 'this' | 'wording' | 'earlier' | 'never') =>
            counts.reduce((n, one) => n + one[what], 0)
          expect(sum('staff')).toBe(people.length)
          for (const what of ['this', 'wording', 'earlier', 'never'] as const)
            expect([what, sum(what)]).toEqual([what, expected.filter((one) => one === what).length])
          const wanted = { rule, organisationId: ministry.id, on: today, dueDays: 14, limit: 100, after: undefined }
          const missing = await listStaff(db, { ...wanted, show: 'missing' })
          expect(missing).toHaveLength(expected.filter(isAsked).length)
          const over = await listStaff(db, { ...wanted, show: 'over' })
          expect(counts.reduce((n, one) => n + one.earlierOver + one.neverOver, 0)).toBe(over.length)
        }),
        { numRuns: 25 },
      )
    },
  )

  it('who takes a role again the day after another ended has not arrived anew', async () => {
    const { db } = database()
    const ministry = await make.organisation(db, 'あおば省')
    const { personId } = await make.person(db, ministry, 'user', '2020-04-01', '2026-03-31')
    await sql`insert into role_held (person_id, role, organisation_id, from_date, created_by)
      values (${personId}, 'planner', ${ministry.id}, '2026-04-01', ${personId})`.execute(db)
    const { rows } = await sql`select since, until from staff_span where person_id = ${personId}`.execute(db)
    expect(rows).toEqual([{ since: '2020-04-01', until: 'infinity' }])
  })
})
