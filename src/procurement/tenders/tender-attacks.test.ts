import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'

import { hashOf } from '#access/hash-of.ts'
import type { Database } from '#platform/database.ts'
import { JobFailure } from '#platform/jobs.ts'
import type { Mail } from '#platform/mail.ts'
import { asSystem, inScope, type Scope } from '#platform/scope.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { formOf } from '#test/evidence.ts'
import { as, make } from '#test/people.ts'
import { aProcurement, completeSheet } from '#test/procurement.ts'
import {
  answer,
  aSupplier,
  aTender,
  enter,
  handIn,
  ifMatch,
  inDays,
  inviteDeps,
  ownTender,
  passDeadline,
  type Send,
} from '#test/tenders.ts'

import { inviteBidder } from './invite-bidder.ts'
import { sendLink } from './send-link.ts'

async function house(database: Database) {
  const { app, deps } = await appOn(database)
  const tender = await aTender(database, 2)
  const [own, foreign] = tender.bidders as [(typeof tender.bidders)[0], (typeof tender.bidders)[0]]
  const { send } = await enter(app, own.token)
  const other = await as(app, foreign.contact)
  const planner = await as(app, tender.planner)
  await answer(other, foreign.id, 'p-01', { fulfils: 'yes', text: '秘密の提案' })
  const attach = (who: Send, itemId: string, kind = 'tender-answer') => {
    const { payload, headers } = formOf(
      { itemKind: kind, itemId, title: '資料', classification: 'confidentiality-2' },
      { name: '資料.txt', content: '資料' },
    )
    return who('POST', '/api/v1/evidence', payload, headers as Record<string, string>)
  }
  const answerId = async (who: Send, id: string) => (await ownTender(who, id)).items[0]!.id
  return { app, deps, ...tender, own, foreign, send, other, planner, attach, answerId }
}

/** Everything that stands in the tables, row for row. */
async function everything(database: Database): Promise<string> {
  const { rows: tables } = await sql<{
    name: string
  }>`select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and relname not in ('session', 'rate_count') order by 1`.execute(
    database.db,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{ n: string }>`select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as n
      from ${sql.table(name)} t`.execute(database.db)
    found.push(`${name} ${rows[0]!.n}`)
  }
  return found.join('\n')
}

onEachEngine('a supplier', (database) => {
  it('reaches no tender, answer or file of another, by whatever route', async () => {
    const { send, other, own, foreign, attach, answerId } = await house(database())
    const theirs = await answerId(other, foreign.id)
    expect((await attach(other, theirs)).statusCode).toBe(201)
    const file = (await other('GET', `/api/v1/evidence?itemKind=tender-answer&itemId=${theirs}`)).json<{
      items: { id: string }[]
    }>().items[0]!.id
    const tries = [
      await send('GET', `/api/v1/tenders/${foreign.id}`),
      await send('PUT', `/api/v1/tenders/${foreign.id}/answers/p-01`, { fulfils: 'no', text: '' }, ifMatch(2)),
      await send('POST', `/api/v1/tenders/${foreign.id}/hand-in`, { sending: 1 }),
      await send('GET', `/api/v1/tenders/${foreign.id}/earlier-answers`),
      await send('GET', `/api/v1/evidence?itemKind=tender-answer&itemId=${theirs}`),
      await send('GET', `/api/v1/evidence/${file}/content`),
      await send('POST', `/api/v1/evidence/${file}/withdraw`, { because: 'x' }),
      await attach(send, theirs),
    ]
    expect(tries.map(({ statusCode }) => statusCode)).toEqual(tries.map(() => 404))
    expect(tries.map(({ payload }) => payload).join()).not.toContain('秘密')
    expect(
      (await send('GET', '/api/v1/tenders')).json<{ items: { id: string }[] }>().items.map(({ id }) => id),
    ).toEqual([own.id])
  })

  it('reaches nothing of the register, the sheets, the comparison, the bidders or the log', async () => {
    const { send, id, systemId, own } = await house(database())
    const addresses = [
      '/register',
      '/uses',
      '/suppliers',
      '/models',
      '/organisations',
      '/overview',
      '/persons',
      '/log',
      `/systems/${systemId}`,
      '/procurements',
      `/procurements/${id}`,
      `/procurements/${id}/tender`,
      `/procurements/${id}/comparison`,
      `/procurements/${id}/supplier-contacts?supplierId=${own.supplierId}`,
      `/evidence?itemKind=system&itemId=${systemId}`,
    ]
    for (const address of addresses)
      expect([403, 404], address).toContain((await send('GET', `/api/v1${address}`)).statusCode)
    for (const [method, address, body] of [
      ['PATCH', `/bidders/${own.id}`, { deadline: '2099-01-01T00:00:00Z' }],
      ['POST', `/bidders/${own.id}/link`, { way: 'shown' }],
      ['PUT', `/procurements/${id}/evaluations/${own.id}/p-01`, { mark: 'meets', reason: '' }],
      ['POST', `/procurements/${id}/award`, { bidderId: own.id, reason: 'x' }],
    ] as const)
      expect((await send(method, `/api/v1${address}`, body, ifMatch(1))).statusCode, address).toBe(403)
  })

  it('sees in the database itself only its own rows, in every table of tenders', async () => {
    const { own, foreign, planner, other, id } = await house(database())
    await handIn(other, foreign.id)
    await planner(
      'PUT',
      `/api/v1/procurements/${id}/evaluations/${foreign.id}/p-01`,
      { mark: 'meets', reason: '良い' },
      ifMatch(0),
    )
    const { scoped } = database()
    const { contact } = own
    const scope: Scope = { ...contact, supplierId: own.supplierId, reads: 'nothing', shared: false, writes: 'nothing' }
    const count = (table: string, of: string) =>
      inScope(
        scope,
        async () =>
          (
            await sql<{
              n: number
            }>`select count(*)::int as n from ${sql.table(table)} where ${sql.ref(of)} <> ${own.id}`.execute(scoped)
          ).rows[0]!.n,
      )
    for (const table of [
      'bidder_contact',
      'bidder_answer',
      'bidder_answer_change',
      'handed_answer',
      'evaluation',
      'award',
      'tender_link',
    ])
      expect([table, await count(table, 'bidder_id')]).toEqual([table, 0])
    expect(await count('bidder', 'id')).toBe(0)
    for (const table of ['procurement', 'check_item', 'ai_system', 'tender_change', 'evaluation', 'supplier'])
      expect([
        table,
        (await inScope(scope, () => sql`select 1 from ${sql.table(table)}`.execute(scoped))).rows.length,
      ]).toEqual([table, 0])
    const moved = await inScope(scope, () =>
      sql`update bidder set deadline = now() + interval '9 years' where id = ${own.id}`.execute(scoped),
    )
    expect(Number(moved.numAffectedRows ?? 0)).toBe(0)
    expect(await asSystem(async () => (await sql`select 1 from evaluation`.execute(scoped)).rows.length)).toBe(1)
  })

  it('shows the ministry a file only with what was handed in, and nobody else attaches to an answer', async () => {
    const { app, send, own, planner, attach, answerId, id } = await house(database())
    const mine = await answerId(send, own.id)
    await answer(send, own.id, 'p-01', { fulfils: 'yes', text: 'はい' })
    const added = (await attach(send, mine)).json<{ id: string }>()
    const asked = () => planner('GET', `/api/v1/evidence/${added.id}/content`)
    expect((await asked()).statusCode).toBe(404)
    expect((await attach(planner, mine)).statusCode).toBe(404)
    await handIn(send, own.id)
    expect((await asked()).statusCode).toBe(200)
    const { items } = (await planner('GET', `/api/v1/procurements/${id}/comparison`)).json<{
      items: { cells: { answer: { evidence: { id: string }[] } | null }[] }[]
    }>()
    expect(items[0]!.cells[0]!.answer!.evidence.map((one) => one.id)).toEqual([added.id])
    // Offices that read across ministries were not brought the files of a tender.
    for (const role of ['board', 'secretariat', 'desk'] as const) {
      const other = await make.person(database().db, await make.organisation(database().db, 'デジタル庁'), role)
      const theirs = await (await as(app, other))('GET', `/api/v1/evidence/${added.id}/content`)
      expect([role, theirs.statusCode]).toEqual([role, 404])
    }
    await passDeadline(database(), own.id)
    expect((await attach(send, mine)).json()).toMatchObject({
      code: 'wrong-state',
      params: { reason: 'deadline-passed' },
    })
  })

  it('gets proposals from a description and nothing is written; a bad file is told with its place', async () => {
    const { send, own } = await house(database())
    const ask = (name: string, content: string | Uint8Array) => {
      const { payload, headers } = formOf({}, { name, content })
      return send('POST', `/api/v1/tenders/${own.id}/proposals`, payload, headers as Record<string, string>)
    }
    const before = await everything(database())
    const read = await ask('README.md', '---\nlicense: apache-2.0\n---\n# みなと\n\n## Limitations\n長い表は読み誤る。')
    expect(read.statusCode, read.payload).toBe(200)
    expect(read.json<{ proposals: { item: string }[] }>().proposals.map(({ item }) => item)).toContain('p-07')
    const lying = await ask('bom.json', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]))
    expect([lying.statusCode, lying.json<{ params: { description: object[] } }>().params.description]).toEqual([
      422,
      [{ code: 'not-what-it-says', detail: 'zip' }],
    ])
    expect((await ask('bom.json', new Uint8Array(50_000_000))).statusCode).toBe(413)
    expect(await everything(database())).toBe(before)
  })
})

onEachEngine('the link of an invitation', (database) => {
  it('is kept as a hash, and no log holds it', async () => {
    const { own } = await house(database())
    const { rows } = await sql<{
      hash: string
    }>`select token_hash as hash from tender_link where bidder_id = ${own.id}`.execute(database().db)
    expect(rows).toEqual([{ hash: hashOf(own.token) }])
    const told = await sql<{
      text: string
    }>`select coalesce(string_agg(detail::text, ''), '') as text from audit_entry`.execute(database().db)
    const sent = await sql<{
      text: string
    }>`select coalesce(string_agg(payload::text, ''), '') as text from outbox`.execute(database().db)
    expect(told.rows[0]!.text + sent.rows[0]!.text).not.toContain(own.token)
  })

  describe('opens nothing', () => {
    it.each(['x'.repeat(43), 'ＡＡＡ'.repeat(10), "' or true --".repeat(3)])(
      'when it is made up: %s',
      async (token) => {
        const { app } = await appOn(database())
        expect((await enter(app, token)).answer.json()).toMatchObject({
          code: 'not-permitted',
          params: { reason: 'link-unknown' },
        })
      },
    )

    it('after it expired, and after it was revoked, whose session ends with it', async () => {
      const { app, own, planner, send } = await house(database())
      await planner('DELETE', `/api/v1/bidders/${own.id}/link`)
      expect((await send('GET', '/api/v1/tenders')).statusCode).toBe(401)
      expect((await enter(app, own.token)).answer.json()).toMatchObject({ params: { reason: 'link-revoked' } })
      const link = (await planner('POST', `/api/v1/bidders/${own.id}/link`, { way: 'shown' })).json<{ link: string }>()
        .link
      await sql`update tender_link set expires_at = now() - interval '1 minute' where revoked_at is null`.execute(
        database().db,
      )
      expect((await enter(app, link.split('#')[1]!)).answer.json()).toMatchObject({
        params: { reason: 'link-expired' },
      })
    })
  })

  it('by mail is made where the mail is written, goes out once, and is made anew when the mail was lost', async () => {
    const { app } = await appOn(database())
    const made = await aProcurement(database())
    await completeSheet(database(), made)
    const supplierId = await aSupplier(database(), made.ministry, '北の事業者')
    const asked = await inviteBidder(inviteDeps(database()), made.planner, {
      procurementId: made.id,
      supplierId,
      label: 'A社',
      contact: { name: '南 ほのか', mail: 'minami@supplier.example' },
      language: 'ja',
      deadline: inDays(5),
      way: 'mail',
      people: [],
    })
    expect(asked.link).toBeNull()
    const { rows } = await sql<{ id: string }>`select id from outbox where type = 'tenders.link-asked'`.execute(
      database().db,
    )
    const mails: Mail[] = []
    let broken = true
    const send = async (mail: Mail) => {
      mails.push(mail)
      if (broken) throw new JobFailure('mail-unreachable')
    }
    const deps = {
      db: database().db,
      now: () => new Date(),
      notices: { address: 'https://tenbin.example' },
      mailer: { send, close: () => {} },
    }
    await expect(sendLink(deps, rows[0]!.id)).rejects.toThrow('mail-unreachable')
    broken = false
    await sendLink(deps, rows[0]!.id)
    await sendLink(deps, rows[0]!.id)
    expect(mails).toHaveLength(2)
    expect(mails[1]).toMatchObject({ to: 'minami@supplier.example', language: 'ja' })
    const tokens = mails.map(({ text }) => /https:\/\/tenbin\.example\/tenders\/enter#(\S+)/.exec(text)![1]!)
    expect((await enter(app, tokens[0]!)).answer.statusCode).toBe(403)
    expect((await enter(app, tokens[1]!)).answer.json()).toEqual({ tender: asked.id })
  })

  it('is tried only so often from one address', async () => {
    const { app } = await appOn(database(), { TENBIN_LIMIT_SIGN_IN_ADDRESS: '3/300' })
    const tried: number[] = []
    for (let n = 0; n < 5; n += 1) tried.push((await enter(app, 'x'.repeat(43))).answer.statusCode)
    expect(tried.slice(-1)).toEqual([429])
  })
})
