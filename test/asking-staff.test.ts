import { sql } from 'kysely'
import { expect, it } from 'vitest'

import { tellStaff } from '#notifications/tell-staff.ts'
import type { Database, Db } from '#platform/database.ts'
import { outboxRow } from '#platform/dispatch-outbox.ts'
import { putRule, putVersion } from '#test/acknowledgements.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { as, make } from '#test/people.ts'
import { acknowledgementJobs } from '#user-rules/acknowledgements/jobs.ts'

const context = { id: '', put: async () => {}, signal: new AbortController().signal }

async function house(database: Database) {
  const { app, deps } = await appOn(database)
  const { db } = database
  const ministry = await make.organisation(db, 'あおば省')
  const rule = await putRule(db, ministry)
  const [user, caio] = [await make.person(db, ministry, 'user'), await make.person(db, ministry, 'caio')]
  const [onEvent, everyDay] = acknowledgementJobs(deps)
  return { app, deps, db, ministry, rule, user, caio, onEvent: onEvent!, everyDay: everyDay! }
}

/** What the worker does with the events that were told. */
async function tellAll(db: Db): Promise<number> {
  const { rows } = await sql<{ id: string }>`select id from outbox where type = 'user-rule.staff-asked'`.execute(db)
  for (const { id } of rows) await tellStaff(db, (await outboxRow(db, id))!, new Date().toISOString())
  const told = await sql<{
    n: number
  }>`select count(*)::int as n from notification where kind = 'rule-to-acknowledge'`.execute(db)
  return told.rows[0]!.n
}

onEachEngine('asking staff to acknowledge', (database) => {
  it('everybody whom a new rule concerns is told once, with the last day, and not those outside it', async () => {
    const { db, rule, deps, ministry, user, onEvent, everyDay } = await house(database())
    const foreign = await make.person(db, await make.organisation(db, 'みどり庁'), 'user')
    await make.person(db, ministry, 'board')
    await putVersion(db, rule, { from: '2026-01-01' })
    await onEvent.run({ event: deps.newId() }, context)
    await everyDay.run({}, context)
    expect(await tellAll(db)).toBe(2)
    expect(await tellAll(db)).toBe(2)
    const { rows } = await sql<{ personId: string; params: unknown }>`
      select person_id as "personId", params from notification`.execute(db)
    expect(rows.map(({ personId }) => personId)).not.toContain(foreign.personId)
    expect(rows.find(({ personId }) => personId === user.personId)!.params).toEqual({
      to: '2026-01-15',
      state: 'ministry',
    })
  })

  it('a version that changes words alone tells nobody who acknowledged the one before', async () => {
    const { app, db, rule, user, caio, everyDay } = await house(database())
    const first = await putVersion(db, rule, { from: '2026-01-01' })
    for (const who of [user, caio])
      await (
        await as(app, who)
      )('POST', `/api/v1/rule-versions/${first.id}/acknowledgement`, { digest: first.digest, read: true })
    await putVersion(db, rule, { from: '2026-02-01', substance: false })
    await everyDay.run({}, context)
    expect(await tellAll(db)).toBe(0)
  })

  it('somebody who arrives later is told when they have arrived', async () => {
    const { db, rule, ministry, everyDay } = await house(database())
    await putVersion(db, rule, { from: '2026-01-01' })
    await everyDay.run({}, context)
    expect(await tellAll(db)).toBe(2)
    await make.person(db, ministry, 'user', new Date(Date.now() - 86_400_000).toISOString().slice(0, 10))
    await everyDay.run({}, context)
    expect(await tellAll(db)).toBe(3)
  })
})
