import { sql } from 'kysely'
import { expect, it } from 'vitest'

import { presetSignIn } from '#access/sign-in/sign-in-config.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Database } from '#platform/database.ts'
import { newId } from '#platform/ids.ts'
import { onEachEngine } from '#test/engines.ts'
import { make } from '#test/people.ts'

import { deviceOf } from './device-words.ts'
import { readSession, sessionMemory } from './recognise.ts'
import { closeSessions, listSessions, openSession, rotateSession } from './sessions.ts'

const limits = presetSignIn.sessions
const start = Date.parse('2026-11-21T00:00:00Z')
const device = deviceOf(undefined)

/** A session that begins at `start`, and how it is recognised some time later. */
async function begun({ db }: Database, holder?: Actor) {
  const actor = holder ?? (await make.person(db, await make.organisation(db)))
  const { token, id } = await openSession(db, new Date(start), limits, { id: newId(), holder: actor, device })
  const at = async (ms: number, asked = token) => {
    const deps = { db, now: () => new Date(start + ms), timeZone: 'Asia/Tokyo', sessionLimits: limits }
    const known = await readSession(deps, asked)
    return known.ok ? known.actor : known.reason
  }
  return { db, actor, token, id, at }
}

onEachEngine('a session', (database) => {
  it('ends after the idle limit and after the absolute limit, and only the hash of its cookie is stored', async () => {
    const { db, actor, at, token } = await begun(database())
    expect(await at(1000)).toEqual(actor)
    expect(await at(limits.idleMs + 1)).toBe('unknown')
    for (let t = limits.idleMs - 1; t < limits.absoluteMs; t += limits.idleMs - 1) expect(await at(t)).toEqual(actor)
    expect(await at(limits.absoluteMs + 1)).toBe('unknown')
    const { rows } = await sql`select * from session`.execute(db)
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  it('does not count while the clock of the server stands before its beginning', async () => {
    const { at, actor } = await begun(database())
    expect(await at(-3_600_000)).toBe('clock')
    expect(await at(1000)).toEqual(actor)
  })

  it('is not recognised by a cookie with one sign changed', async () => {
    const { token, at } = await begun(database())
    for (const place of [0, 20, token.length - 1]) {
      const mutated = `${token.slice(0, place)}${token[place] === 'A' ? 'B' : 'A'}${token.slice(place + 1)}`
      expect(await at(1000, mutated)).toBe('unknown')
    }
  })

  it('ends on the day after the last day of the role, by the calendar of the office', async () => {
    const { db } = database()
    const holder = await make.person(db, await make.organisation(db), 'caio', '2020-01-01', '2026-11-21')
    const { at } = await begun(database(), holder)
    // 15:00 UTC is midnight in Tokyo.
    expect(await at(14 * 3_600_000 + 59 * 60_000 - limits.idleMs)).toEqual(holder)
    expect(await at(limits.idleMs - 1)).toEqual(holder)
    expect(await at(15 * 3_600_000)).toBe('role-ended')
  })

  it('ends when the person is disabled', async () => {
    const { db, actor, at } = await begun(database())
    await sql`update person set disabled_at = now() where id = ${actor.personId}`.execute(db)
    expect(await at(1000)).toBe('role-ended')
  })

  it('keeps its end when the role is switched, under a new cookie; the old one is worth nothing', async () => {
    const { db, actor, token, at } = await begun(database())
    const rotated = await rotateSession(db, token, actor)
    expect(rotated!.token).not.toBe(token)
    expect(await at(1000)).toBe('unknown')
    expect(await at(1000, rotated!.token)).toEqual(actor)
    const [own] = await listSessions(db, new Date(start + 1000), limits, {
      personId: actor.personId,
      token: rotated!.token,
    })
    expect(own).toMatchObject({ current: true, endsAt: new Date(start + limits.absoluteMs).toISOString() })
  })

  it('of another person is neither listed nor ended', async () => {
    const { db, actor, id } = await begun(database())
    const other = await make.person(db, await make.organisation(db, 'みどり庁'))
    expect(await listSessions(db, new Date(start), limits, { personId: other.personId, token: undefined })).toEqual([])
    expect(await closeSessions(db, { id, personId: other.personId })).toEqual([])
    expect(await closeSessions(db, { id, personId: actor.personId })).toMatchObject([{ id }])
  })

  it('is not ended by an order that names neither subject nor session', async () => {
    const { db } = await begun(database())
    await sql`update session set issuer = 'https://id.example', subject = 'a', provider_session = 'b'`.execute(db)
    const order = { issuer: 'https://id.example', subject: undefined, providerSession: undefined }
    expect(await closeSessions(db, order)).toEqual([])
    expect(await closeSessions(db, { ...order, subject: 'a', providerSession: 'c' })).toEqual([])
    expect(await closeSessions(db, { ...order, subject: 'a' })).toHaveLength(1)
  })
})

it('what is remembered of a session is forgotten with the sessions of its person', () => {
  const memory = sessionMemory(() => new Date(start))
  const [one, two] = ['p', 'q'].map((personId) => ({ personId, role: 'user', organisationId: 'o' }))
  memory.keep('a', one!)
  memory.keep('b', one!)
  memory.keep('c', two!)
  memory.forgetPerson('p')
  expect(['a', 'b', 'c'].map((token) => memory.recall(token)?.personId)).toEqual([undefined, undefined, 'q'])
})
