import { sql } from 'kysely'
import { expect, it } from 'vitest'

import type { Actor } from '#audit/transaction.ts'
import { putRule, putVersion, sentence } from '#test/acknowledgements.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { as, make } from '#test/people.ts'
import { aSystem, store } from '#test/register.ts'
import type { Database } from '#platform/database.ts'

import type { Followed, MyRules, StaffPage } from './api.ts'

async function house(database: Database) {
  const { app, deps } = await appOn(database)
  const { db } = database
  const ministry = await make.organisation(db, 'あおば省')
  const bureau = await make.organisation(db, '総務局', ministry)
  const rule = await putRule(db, ministry)
  const first = await putVersion(db, rule, { from: '2026-01-01', lines: [sentence('一つ目')] })
  const user = await make.person(db, bureau, 'user')
  const caio = await make.person(db, ministry, 'caio')
  const acknowledge = async (who: Actor, version: { id: string; digest: string }) =>
    (await as(app, who))('POST', `/api/v1/rule-versions/${version.id}/acknowledgement`, {
      digest: version.digest,
      read: true,
    })
  const mine = async (who: Actor): Promise<MyRules> => (await (await as(app, who))('GET', '/api/v1/my-rules')).json()
  return { app, deps, db, ministry, bureau, rule, first, user, caio, acknowledge, mine }
}

onEachEngine('acknowledging', (database) => {
  it('the page shows the whole rule to who acknowledged nothing, and asks until it is acknowledged', async () => {
    const { user, first, acknowledge, mine } = await house(database())
    const before = (await mine(user)).rules[0]!
    expect(before).toMatchObject({ standing: 'never', acknowledged: null, changes: [] })
    expect(before.version.digest).toBe(first.digest)
    expect(before.due?.over).toBe(true)
    expect((await acknowledge(user, first)).statusCode).toBe(200)
    expect((await mine(user)).rules[0]).toMatchObject({ standing: 'this', due: null, acknowledged: { number: 1 } })
  })

  it('the same acknowledgement twice is one record with one leaf', async () => {
    const { db, user, first, acknowledge } = await house(database())
    const [once, twice] = [await acknowledge(user, first), await acknowledge(user, first)]
    expect(twice.json()).toEqual(once.json())
    expect((await sql`select 1 from acknowledgement`.execute(db)).rows).toHaveLength(1)
    const leaves =
      await sql`select 1 from log_inbox where kind = 'acknowledgement' union all select 1 from log_leaf where kind = 'acknowledgement'`.execute(
        db,
      )
    expect(leaves.rows).toHaveLength(1)
  })

  it('a record stays as it is', async () => {
    const { db, user, first, acknowledge } = await house(database())
    await acknowledge(user, first)
    await expect(sql`update acknowledgement set number = 9`.execute(db)).rejects.toThrow(/append-only/)
  })

  it('a page that was overtaken by another version acknowledges neither', async () => {
    const { db, rule, user, first, acknowledge } = await house(database())
    const second = await putVersion(db, rule, { from: '2026-02-01', lines: [sentence('二つ目')] })
    const answer = await acknowledge(user, first)
    expect(answer.statusCode).toBe(412)
    expect(answer.json()).toMatchObject({ code: 'changed-meanwhile', params: { now: 2 } })
    const other = await acknowledge(user, { id: second.id, digest: first.digest })
    expect(other.statusCode).toBe(412)
    expect((await sql`select 1 from acknowledgement`.execute(db)).rows).toEqual([])
  })

  it('the box must be ticked', async () => {
    const { app, user, first } = await house(database())
    const ask = await as(app, user)
    const url = `/api/v1/rule-versions/${first.id}/acknowledgement`
    expect((await ask('POST', url, { digest: first.digest, read: false })).statusCode).toBe(400)
    expect((await ask('POST', url, { digest: first.digest })).statusCode).toBe(400)
  })

  it('a change in substance asks again and shows what changed since the version one acknowledged, over all between', async () => {
    const { db, rule, user, first, acknowledge, mine } = await house(database())
    await acknowledge(user, first)
    await putVersion(db, rule, { from: '2026-02-01', lines: [sentence('一つ目'), sentence('二つ目')] })
    await putVersion(db, rule, {
      from: '2026-03-01',
      substance: false,
      lines: [sentence('一つ目'), sentence('二つ目'), sentence('三つ目')],
    })
    const own = (await mine(user)).rules[0]!
    expect(own).toMatchObject({ standing: 'earlier', acknowledged: { number: 1 }, newLines: ['u-06 1', 'u-06 2'] })
    expect(own.changes.map(({ clauseId, kind }) => [clauseId, kind])).toEqual([['u-06', 'changed']])
  })

  it('a change of wording asks nobody again, and shows what changed', async () => {
    const { db, rule, user, first, acknowledge, mine } = await house(database())
    await acknowledge(user, first)
    await putVersion(db, rule, { from: '2026-02-01', substance: false, lines: [sentence('言い換え')] })
    const own = (await mine(user)).rules[0]!
    expect(own).toMatchObject({ standing: 'wording', due: null })
    expect(own.changes).toHaveLength(1)
  })

  it('a version that is not in force yet asks nobody and is told', async () => {
    const { db, rule, user, first, acknowledge, mine } = await house(database())
    const later = await putVersion(db, rule, { from: '2999-01-01' })
    await acknowledge(user, first)
    expect((await mine(user)).rules[0]).toMatchObject({
      standing: 'this',
      ahead: { number: 2, effectiveFrom: '2999-01-01' },
    })
    expect((await acknowledge(user, later)).statusCode).toBe(412)
  })

  it('a deputy acknowledges for nobody', async () => {
    const { app, db, ministry, caio, first } = await house(database())
    const deputy = await make.person(db, ministry, 'auditor')
    await sql`insert into deputy (id, role_held_id, person_id, organisation_id, from_date, to_date, created_at, created_by)
      select gen_random_uuid(), id, ${deputy.personId}::uuid, organisation_id, '2020-01-01', '2999-12-31', now(), ${caio.personId}::uuid
      from role_held where person_id = ${caio.personId}`.execute(db)
    const ask = await as(app, { ...deputy, role: 'caio' })
    const answer = await ask('POST', `/api/v1/rule-versions/${first.id}/acknowledgement`, {
      digest: first.digest,
      read: true,
    })
    expect(answer.json()).toMatchObject({ code: 'not-permitted', params: { reason: 'deputy' } })
    expect((await sql`select 1 from acknowledgement`.execute(db)).rows).toEqual([])
  })

  it('the rule of a system concerns who says that they use it, from that day on', async () => {
    const { app, deps, db, bureau, user, caio, mine, acknowledge } = await house(database())
    const [system] = await store(deps.tx, caio, [aSystem(bureau, {}, { stage: { value: 'operation' } })])
    const ofSystem = await putVersion(db, await putRule(db, bureau, system!.systemId), { from: '2026-01-01' })
    expect((await mine(user)).rules).toHaveLength(1)
    expect((await acknowledge(user, ofSystem)).json()).toMatchObject({ params: { reason: 'not-staff' } })
    const ask = await as(app, user)
    expect((await ask('PUT', `/api/v1/usable-systems/${system!.systemId}/use`)).statusCode).toBe(204)
    const rules = (await mine(user)).rules
    expect(rules.map(({ version }) => version.rule.level)).toEqual(['ministry', 'system'])
    expect(rules[1]!.due!.over).toBe(false)
    expect((await acknowledge(user, ofSystem)).statusCode).toBe(200)
    await ask('DELETE', `/api/v1/usable-systems/${system!.systemId}/use`)
    expect((await mine(user)).rules).toHaveLength(1)
  })

  it('staff see nobody else, and counts are not for them', async () => {
    const { app, db, bureau, user, first, rule, acknowledge } = await house(database())
    const other = await make.person(db, bureau, 'user')
    await acknowledge(other, first)
    const ask = await as(app, user)
    expect((await ask('GET', `/api/v1/acknowledgements?rule=${rule}`)).statusCode).toBe(403)
    expect((await ask('GET', `/api/v1/acknowledgements/people?rule=${rule}`)).statusCode).toBe(403)
  })
})

onEachEngine('following who has not acknowledged', (database) => {
  it('counts each person once, by place, and opens the people behind each count', async () => {
    const { app, db, rule, ministry, bureau, user, caio, first, acknowledge } = await house(database())
    const late = await make.person(db, bureau, 'user', new Date().toISOString().slice(0, 10))
    await acknowledge(user, first)
    const ask = await as(app, caio)
    const seen: Followed = (await ask('GET', `/api/v1/acknowledgements?rule=${rule}`)).json()
    expect(seen.total).toEqual({ staff: 3, this: 1, wording: 0, earlier: 0, never: 2, earlierOver: 0, neverOver: 1 })
    expect(seen.rows.map(({ id, itself, staff }) => [id, itself, staff])).toEqual([
      [ministry.id, true, 1],
      [bureau.id, false, 2],
    ])
    const people: StaffPage = (
      await ask('GET', `/api/v1/acknowledgements/people?rule=${rule}&organisation=${bureau.id}&show=never`)
    ).json()
    expect(people.items.map(({ id, over }) => [id, over])).toEqual([[late.personId, false]])
    const file = await ask('GET', `/api/v1/acknowledgements/people.csv?rule=${rule}&show=missing`)
    expect(file.body.split('\r\n')).toHaveLength(4)
  })

  it('a role held in a bureau follows that bureau only', async () => {
    const { app, db, rule, ministry, bureau } = await house(database())
    const provider = await make.person(db, bureau, 'provider')
    const ask = await as(app, provider)
    expect((await ask('GET', `/api/v1/acknowledgements?rule=${rule}`)).json()).toMatchObject({ total: { staff: 2 } })
    const above = await ask('GET', `/api/v1/acknowledgements?rule=${rule}&organisation=${ministry.id}`)
    expect(above.json()).toMatchObject({ code: 'not-permitted' })
  })

  it('pages through everybody once', async () => {
    const { app, db, rule, bureau, caio } = await house(database())
    for (let n = 0; n < 5; n++) await make.person(db, bureau, 'user')
    const ask = await as(app, caio)
    const ids: string[] = []
    let cursor = ''
    do {
      const page: StaffPage = (
        await ask('GET', `/api/v1/acknowledgements/people?rule=${rule}&limit=2&cursor=${cursor}`)
      ).json()
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? ''
    } while (cursor !== '')
    expect(new Set(ids).size).toBe(7)
    expect(ids).toHaveLength(7)
  })

  it('who has not acknowledged is told at most once a day, each person once', async () => {
    const { app, db, rule, ministry, bureau, caio } = await house(database())
    const ask = await as(app, caio)
    const remind = (organisation: string) => ask('POST', '/api/v1/acknowledgements/reminders', { rule, organisation })
    expect((await remind(ministry.id)).json()).toEqual({ people: 2 })
    expect((await remind(ministry.id)).json()).toMatchObject({ code: 'wrong-state', params: { reason: 'told-today' } })
    expect((await remind(bureau.id)).json()).toMatchObject({ params: { reason: 'told-today' } })
    const events = await sql`select 1 from outbox where type = 'user-rule.staff-asked'`.execute(db)
    expect(events.rows).toHaveLength(1)
  })
})
