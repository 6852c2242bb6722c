import { sql } from 'kysely'
import { afterEach, expect, it } from 'vitest'

import { giveRole } from '#access/roles/give-role.ts'
import type { Actor } from '#audit/transaction.ts'
import { assessUse } from '#finder/assess-use.ts'
import { answersOf, prefill } from '#finder/prefill.ts'
import type { Database } from '#platform/database.ts'
import { newId } from '#platform/ids.ts'
import { changeWithin } from '#register/change-system.ts'
import { onEachEngine } from '#test/engines.ts'
import { harmless, shippedEditions } from '#test/finder.ts'
import { giveMail, settled, toldTo, until, workingOn, type Working } from '#test/notices.ts'
import { as, make } from '#test/people.ts'
import { aSystem, store, txOn } from '#test/register.ts'
import { may } from '#test/rights.ts'
import { type Sink, smtpSink } from '#test/smtp-sink.ts'

const editions = shippedEditions()
const named = { catalog: 'ds-920', edition: '1.0' } as const
const name = '窓口案内文作成支援'

onEachEngine('notifications', (database: () => Database) => {
  const open: { stop(): Promise<unknown> }[] = []
  afterEach(async () => {
    for (const one of open.splice(0).toReversed()) await one.stop()
  })
  const working = async (options: Parameters<typeof workingOn>[1] = {}): Promise<Working> => {
    const made = await workingOn(database(), options)
    open.push(made)
    return made
  }
  const sinkOf = async (): Promise<Sink> => {
    const sink = await smtpSink()
    open.push(sink)
    return sink
  }

  /** A ministry with a division, a use there that was weighed and then changed, and people around it. */
  async function changedUse() {
    const { db } = database()
    const tx = txOn(database())
    const ministry = await make.organisation(db)
    const division = await make.organisation(db, '総務課', ministry)
    const sibling = await make.organisation(db, '会計課', ministry)
    const foreign = await make.organisation(db, 'みどり庁')
    const people = {
      caio: await make.person(db, ministry, 'caio'),
      planner: await make.person(db, division, 'planner'),
      user: await make.person(db, division, 'user'),
      siblingPlanner: await make.person(db, sibling, 'planner'),
      foreignCaio: await make.person(db, foreign, 'caio'),
      formerPlanner: await make.person(db, division, 'planner', '2020-01-01', '2020-12-31'),
    }
    const facts = { name: { value: name } }
    const [system] = await store(tx, people.caio, [aSystem(division, facts, harmless)])
    const answers = answersOf(prefill(editions.inForce().content.questions, harmless))
    await assessUse({ tx, may, editions }, people.planner, { useId: system!.useId, answers, ...named })
    const change = (given: Parameters<typeof changeWithin>[2]['change']) =>
      tx(people.planner, (t) => changeWithin({ may }, t, { id: system!.systemId, change: given }))
    const becomeStale = () =>
      change({ uses: [{ id: system!.useId, facts: { 'users-kind': { value: 'citizens-outside' } } }] })
    return { ...people, ministry, division, useId: system!.useId, becomeStale, change }
  }

  it('a verdict that becomes stale is told to those who hold a role for it, and to nobody else', async () => {
    const told = await changedUse()
    await working()
    await told.becomeStale()
    await settled(database())
    for (const one of [told.caio, told.planner])
      expect(await toldTo(database(), one)).toMatchObject([
        { kind: 'verdict-stale', itemId: told.useId, mail: 'daily' },
      ])
    for (const one of [told.user, told.siblingPlanner, told.foreignCaio, told.formerPlanner])
      expect(await toldTo(database(), one)).toEqual([])
  })

  it('it is told once: a later change of a use that is stale already tells nothing new, nor does a job that runs again', async () => {
    const told = await changedUse()
    await working()
    await told.becomeStale()
    await settled(database())
    await told.change({ uses: [{ id: told.useId, facts: { purpose: { value: '別の目的' } } }] })
    await settled(database())
    await sql`update outbox set done_at = null`.execute(database().db)
    await sql`delete from pgboss.job`.execute(database().db)
    await settled(database())
    expect(await toldTo(database(), told.planner)).toHaveLength(1)
  })

  it('a name is shown only as long as the person may see the item', async () => {
    const told = await changedUse()
    const { app } = await working()
    await told.becomeStale()
    await settled(database())
    const ask = await as(app, told.planner)
    const list = async () => (await ask('GET', '/api/v1/notifications')).json()
    expect(await list()).toMatchObject({ unread: 1, items: [{ kind: 'verdict-stale', item: { name } }] })
    await sql`update role_held set organisation_id = (select id from organisation where name_ja = '会計課')
      where person_id = ${told.planner.personId}`.execute(database().db)
    await sql`update ai_system set facts = facts || '{"circulation":{"value":"unit-only"}}'`.execute(database().db)
    const moved = await as(app, { ...told.planner })
    const after = (await moved('GET', '/api/v1/notifications')).json()
    expect(after).toMatchObject({ unread: 1, items: [{ kind: 'verdict-stale', item: null }] })
    expect(JSON.stringify(after)).not.toContain(name)
  })

  it('people read, count and mark their own only', async () => {
    const told = await changedUse()
    const { app } = await working()
    await told.becomeStale()
    await settled(database())
    const [planner, caio] = [await as(app, told.planner), await as(app, told.caio)]
    const own = (await planner('GET', '/api/v1/notifications')).json().items[0].id
    expect((await caio('POST', '/api/v1/notifications/read', { ids: [own] })).json()).toEqual({ unread: 1 })
    expect((await planner('GET', '/api/v1/notifications/unread')).json()).toEqual({ unread: 1 })
    expect((await planner('POST', '/api/v1/notifications/read', { ids: [own] })).json()).toEqual({ unread: 0 })
    expect((await caio('GET', '/api/v1/notifications?unread=yes')).json().items).toHaveLength(1)
    expect((await caio('POST', '/api/v1/notifications/read', {})).json()).toEqual({ unread: 0 })
  })

  it('mail of the day holds what was not read, in the language of the person, with names and links', async () => {
    const told = await changedUse()
    const sink = await sinkOf()
    let now = new Date('2026-11-21T20:00:00Z') // 05:00 in Tokyo
    await giveMail(database(), told.planner, 'planner@example.go.jp')
    await giveMail(database(), told.caio, 'caio@example.go.jp', 'en')
    await working({
      smtp: sink.url,
      now: () => now,
      settings: { TENBIN_PUBLIC_ADDRESS: 'http://127.0.0.1:3000' },
    })
    await told.becomeStale()
    await settled(database())
    await sql`update notification set created_at = ${now.toISOString()}`.execute(database().db)
    expect(sink.mails).toEqual([])
    now = new Date('2026-11-21T23:00:00Z') // 08:00
    await until(
      () => sink.mails.length,
      (n) => n === 2,
    )
    const [ja, en] = ['planner', 'caio'].map(
      (who) => sink.mails.find(({ to }) => to[0] === `${who}@example.go.jp`)!.mail,
    )
    expect(ja!.subject).toBe(`【天秤】「${name}」は再判定が必要になりました`)
    expect(ja!.text).toContain(`http://127.0.0.1:3000/uses/${told.useId}/finder`)
    expect(en!.subject).toBe(`[Tenbin] “${name}” must be weighed again`)
    await settled(database())
    now = new Date('2026-11-22T23:30:00Z')
    await settled(database())
    expect(sink.mails).toHaveLength(2)
  })

  it('what is wanted at once comes at once, what is not wanted comes not, and a disabled person gets nothing', async () => {
    const { db } = database()
    const ministry = await make.organisation(db)
    const administrator = await make.person(db, ministry, 'administrator')
    const people = await Promise.all(['a', 'b', 'c'].map(() => make.person(db, ministry, 'user')))
    const [wants, wantsNot, disabled] = people as [Actor, Actor, Actor]
    const sink = await sinkOf()
    const { app, deps } = await working({ smtp: sink.url })
    for (const [n, person] of people.entries()) await giveMail(database(), person, `p${n}@example.go.jp`)
    const choices = await as(app, wantsNot)
    const chosen = await choices('PATCH', '/api/v1/notification-choices', {
      kinds: { 'role-given': 'none' },
      language: 'en',
    })
    expect(chosen.json()).toMatchObject({ mail: 'p1@example.go.jp', language: 'en' })
    expect(chosen.json().kinds.find((k: { kind: string }) => k.kind === 'role-given')).toEqual({
      kind: 'role-given',
      mail: 'none',
      preset: 'at-once',
    })
    await sql`update person set disabled_at = now() where id = ${disabled.personId}`.execute(db)
    for (const { personId } of people)
      await giveRole({ ...deps, may }, administrator, {
        personId,
        role: 'planner',
        organisationId: ministry.id,
        from: '2026-04-01',
        to: '2099-03-31',
      })
    await settled(database())
    await until(
      () => sink.mails.length,
      (n) => n === 1,
    )
    expect(sink.mails[0]!.to).toEqual(['p0@example.go.jp'])
    expect(sink.mails[0]!.mail.subject).toBe('【天秤】あおば省の「企画者」の役割が与えられました')
    expect(sink.mails[0]!.mail.text).toContain('令和8年4月1日から令和81年3月31日まで')
    for (const person of people) expect(await toldTo(database(), person)).toMatchObject([{ kind: 'role-given' }])
    expect(wants).toBeDefined()
  })

  it('a name with a line break in it becomes no header of a mail', async () => {
    const { db } = database()
    const evil = 'あおば省\r\nBcc: spy@evil.example\r\n\r\n<script>'
    const ministry = await make.organisation(db, evil)
    const administrator = await make.person(db, ministry, 'administrator')
    const person = await make.person(db, ministry, 'user')
    await giveMail(database(), person, 'p@example.go.jp')
    const sink = await sinkOf()
    const { deps } = await working({ smtp: sink.url })
    await giveRole({ ...deps, may }, administrator, {
      personId: person.personId,
      role: 'planner',
      organisationId: ministry.id,
    })
    await until(
      () => sink.mails.length,
      (n) => n === 1,
    )
    const [{ mail, to }] = sink.mails as [(typeof sink.mails)[number]]
    expect(to).toEqual(['p@example.go.jp'])
    expect(mail.bcc ?? mail.cc).toBeUndefined()
    expect(mail.subject).toBe('【天秤】あおば省 Bcc: spy@evil.example <script>の「企画者」の役割が与えられました')
  })

  it('a role that ends within two weeks is told once, and not that of others', async () => {
    const { db } = database()
    const ministry = await make.organisation(db)
    const soon = await make.person(db, ministry, 'planner', '2026-01-01', '2026-12-01')
    const later = await make.person(db, ministry, 'planner', '2026-01-01', '2027-03-31')
    const over = await make.person(db, ministry, 'planner', '2026-01-01', '2026-11-21')
    let now = new Date('2026-11-21T22:30:00Z')
    await working({ now: () => now })
    await until(
      () => toldTo(database(), soon),
      (told) => told.length === 1,
    )
    now = new Date('2026-11-22T22:30:00Z')
    await until(
      async () =>
        (
          await sql<{ d: string }>`select last_on::text as d from job_day where name = 'notices.roles-ending'`.execute(
            db,
          )
        ).rows[0]?.d,
      (d) => d === '2026-11-23',
    )
    await settled(database())
    expect(await toldTo(database(), soon)).toMatchObject([
      { kind: 'role-ending', params: { role: 'planner', to: '2026-12-01' } },
    ])
    expect([...(await toldTo(database(), later)), ...(await toldTo(database(), over))]).toEqual([])
  })

  it('a broken log is told to auditors and administrators everywhere', async () => {
    const { db } = database()
    const [one, other] = [await make.organisation(db), await make.organisation(db, 'みどり庁')]
    const told = [await make.person(db, one, 'auditor'), await make.person(db, other, 'administrator')]
    const planner = await make.person(db, one, 'planner')
    await working()
    const nil = '00000000-0000-0000-0000-000000000000'
    await sql`insert into outbox (id, at, type, organisation_id, payload) values (${newId()}, now(), 'audit.verification-failed', ${nil}, '{}')`.execute(
      db,
    )
    await settled(database())
    for (const person of told)
      expect(await toldTo(database(), person)).toMatchObject([{ kind: 'log-check-failed', mail: 'at-once' }])
    expect(await toldTo(database(), planner)).toEqual([])
  })

  it('mail that is refused for good stands with the failed jobs, told to administrators in the app, and no address is kept', async () => {
    const { db } = database()
    const ministry = await make.organisation(db)
    const administrator = await make.person(db, ministry, 'administrator')
    const person = await make.person(db, ministry, 'user')
    for (const [n, one] of [administrator, person].entries())
      await giveMail(database(), one, `secret-person${n}@example.go.jp`)
    const sink = await sinkOf()
    sink.refuse({ recipient: 550 })
    const { app, deps, bugs } = await working({ smtp: sink.url })
    await giveRole({ ...deps, may }, administrator, {
      personId: person.personId,
      role: 'planner',
      organisationId: ministry.id,
    })
    await until(
      () => toldTo(database(), administrator),
      (told) => told.length === 1,
    )
    await settled(database())
    expect(await toldTo(database(), administrator)).toMatchObject([
      { kind: 'job-failed', mail: 'none', params: { name: 'notices.mail', code: 'mail-refused' } },
    ])
    const ask = await as(app, administrator)
    const { failed } = (await ask('GET', '/api/v1/jobs')).json()
    expect(failed).toMatchObject([
      { name: 'notices.mail', state: 'open', tries: 1, failure: { code: 'mail-refused', params: { status: 550 } } },
    ])
    const kept =
      await sql`select (select jsonb_agg(j) from pgboss.job j) as jobs, (select jsonb_agg(d) from dead_job d) as dead,
      (select jsonb_agg(a) from audit_entry a where type like 'job.%') as log`.execute(db)
    expect(JSON.stringify(kept.rows)).not.toContain('secret-person')
    expect(JSON.stringify(kept.rows)).toContain('job.failed')
    sink.refuse(undefined)
    expect((await ask('POST', `/api/v1/jobs/${failed[0].id}/retry`)).statusCode).toBe(204)
    await until(
      () => sink.mails.length,
      (n) => n === 1,
    )
    expect((await ask('POST', `/api/v1/jobs/${failed[0].id}/retry`)).json()).toMatchObject({ code: 'wrong-state' })
    expect(bugs).toEqual([])
  })
})
