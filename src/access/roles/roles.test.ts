import { sql } from 'kysely'
import { expect, it } from 'vitest'

import { officeDay } from '#access/office-day.ts'
import { newId } from '#platform/ids.ts'
import { onEachEngine } from '#test/engines.ts'
import { make } from '#test/people.ts'

import { rolesHeldToday } from './roles.ts'

it('a day begins in the zone of the office, not in UTC', () => {
  const eveningInUtc = new Date('2026-03-31T15:00:00Z')
  expect(officeDay(eveningInUtc, 'Asia/Tokyo')).toBe('2026-04-01')
  expect(officeDay(eveningInUtc, 'UTC')).toBe('2026-03-31')
})

onEachEngine('roles held', (database) => {
  it('run from the first day to the last, both included', async () => {
    const { db } = database()
    const ministry = await make.organisation(db)
    const { personId } = await make.person(db, ministry, 'planner', '2026-04-01', '2026-09-30')
    const on = async (day: string) => (await rolesHeldToday(db, personId, day)).map(({ role }) => role)
    expect(await on('2026-03-31')).toEqual([])
    expect(await on('2026-04-01')).toEqual(['planner'])
    expect(await on('2026-09-30')).toEqual(['planner'])
    expect(await on('2026-10-01')).toEqual([])
  })

  it('pass to a deputy for the days named, on behalf of the holder, and never beyond the role itself', async () => {
    const { db } = database()
    const ministry = await make.organisation(db)
    const caio = await make.person(db, ministry, 'caio', '2026-04-01', '2026-06-30')
    const deputy = await make.person(db, ministry, 'user')
    await sql`insert into deputy (id, role_held_id, person_id, organisation_id, from_date, to_date, created_at, created_by)
      select ${newId()}, id, ${deputy.personId}, organisation_id, '2026-06-20', '2026-07-31', now(), ${caio.personId}
      from role_held where person_id = ${caio.personId}`.execute(db)
    const on = (day: string) => rolesHeldToday(db, deputy.personId, day)
    expect(await on('2026-06-19')).toEqual([{ role: 'user', organisationId: ministry.id, until: null }])
    expect(await on('2026-06-20')).toEqual([
      { role: 'user', organisationId: ministry.id, until: null },
      { role: 'caio', organisationId: ministry.id, onBehalfOf: caio.personId, until: '2026-06-30' },
    ])
    expect((await on('2026-07-01')).map(({ role }) => role)).toEqual(['user'])
  })

  it('are none for somebody who is disabled', async () => {
    const { db } = database()
    const { personId } = await make.person(db, await make.organisation(db), 'caio')
    await sql`update person set disabled_at = now() where id = ${personId}`.execute(db)
    expect(await rolesHeldToday(db, personId, '2026-06-01')).toEqual([])
  })
})
