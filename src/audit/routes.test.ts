import { sql } from 'kysely'
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'

import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { as, make } from '#test/people.ts'
import { aSystem, store } from '#test/register.ts'

import type { Consistency, Inclusion, LogEntry, LogState } from './api.ts'
import { bodyOf, keyIdOf, keyTypes, openNote, parseNote, parseVerifierKey, rawKey, verifierKey } from './checkpoint.ts'
import { continues, includes, leafHash } from './merkle.ts'
import { splitHashes } from './store-log.ts'
import { withhold } from './withhold.ts'

const hash = (base64: string) => Buffer.from(base64, 'base64')

/** A witness as C2SP tlog-cosignature describes it. */
function witness(name: string, key: KeyObject = generateKeyPairSync('ed25519').privateKey) {
  const verifier = { name, type: keyTypes.cosignature, publicKey: rawKey(key) }
  const cosign = (note: string, time = 1_800_000_000) => {
    const { body } = parseNote(note)!
    const stamp = Buffer.alloc(8)
    stamp.writeBigUInt64BE(BigInt(time))
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${body}`), key)
    return `— ${name} ${Buffer.concat([Buffer.from(keyIdOf(verifier), 'hex'), stamp, signature]).toString('base64')}\n`
  }
  return { vkey: verifierKey(verifier), cosign }
}

onEachEngine('the log over HTTP', (database) => {
  const house = async (witnesses: readonly string[] = []) => {
    const file = join(mkdtempSync(join(tmpdir(), 'tenbin-witnesses-')), 'witnesses.txt')
    writeFileSync(file, `# who watches\n${witnesses.join('\n')}\n`)
    const { app, deps } = await appOn(database(), {
      TENBIN_LOG_WITNESSES: file,
      TENBIN_LOG_ORIGIN: 'tenbin.example/log',
    })
    const { db, tx, transparency } = deps
    const ministry = await make.organisation(db)
    const other = await make.organisation(db, 'みどり省')
    const caio = await make.person(db, ministry)
    const auditor = await make.person(db, ministry, 'auditor')
    const stranger = await make.person(db, other, 'auditor')
    const user = await make.person(db, ministry, 'user')
    await store(tx, caio, [aSystem(ministry), aSystem(ministry)])
    await transparency.drain()
    return { app, db, tx, log: transparency, ministry, other, caio, auditor, stranger, user }
  }
  const text = async (answer: Promise<{ payload: string; statusCode: number }>) => (await answer).payload

  it('proves what was withheld to who reads the whole log, and else where the role is held alone', async () => {
    const { app, db, tx, log, ministry, other, caio, auditor, user } = await house()
    const { rows } = await sql<{ id: string }>`select id from change limit 1`.execute(db)
    const row = rows[0]!.id
    await tx(caio, (t) => withhold(t, { kind: 'change', rowIds: [row], rule: 'retention' }))
    await log.drain()
    const foreign = await make.person(db, other, 'caio')
    const below = await make.person(db, await make.organisation(db, '窓口局', ministry), 'caio')
    const asked = async (who: typeof caio) =>
      (await (await as(app, who))('GET', `/api/v1/log/proof/inclusion?kind=change&row=${row}`)).statusCode
    expect([await asked(caio), await asked(auditor)]).toEqual([200, 200])
    expect([await asked(foreign), await asked(below), await asked(user)]).toEqual([404, 404, 404])
  })

  it('serves a checkpoint and tiles that anybody can check, and leaves to who may read the whole log', async () => {
    const { app, auditor, caio, log, tx } = await house()
    for (let i = 0; i < 40; i++)
      await tx(caio, (t) =>
        t.append(Array.from({ length: 8 }, () => ({ type: 'a.b', itemKind: 'c', itemId: t.newId() }))),
      )
    await log.drain()
    const answer = await app.inject('/log/checkpoint')
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8')
    const state = (await (await as(app, auditor))('GET', '/api/v1/log/state')).json<LogState>()
    const opened = openNote(answer.payload, parseVerifierKey(state.keys[0]!.key)!)!
    expect([opened.origin, opened.size, state.size, state.fault]).toEqual([
      'tenbin.example/log',
      state.size,
      state.size,
      null,
    ])
    const { size } = opened
    expect(size).toBeGreaterThan(256)
    const full = await app.inject('/log/tile/0/000')
    const partial = await app.inject(`/log/tile/0/001.p/${size - 256}`)
    expect([full.headers['content-type'], full.rawPayload.length, partial.rawPayload.length]).toEqual([
      'application/octet-stream',
      8192,
      (size - 256) * 32,
    ])
    expect(full.headers['cache-control']).toContain('immutable')
    const ask = await as(app, auditor)
    const bundle = (await ask('GET', `/log/tile/entries/001.p/${size - 256}`)).rawPayload
    const leaves: Buffer[] = []
    for (let at = 0; at < bundle.length; at += 2 + bundle.readUInt16BE(at))
      leaves.push(bundle.subarray(at + 2, at + 2 + bundle.readUInt16BE(at)))
    expect(Buffer.concat(leaves.map((leaf) => leafHash(leaf))).equals(partial.rawPayload)).toBe(true)
    expect(splitHashes((await app.inject('/log/tile/1/000.p/1')).rawPayload)).toHaveLength(1)
    for (const path of [
      '0/000.p/256',
      '0/000.p/0',
      '0/0',
      '00/000',
      '0/002',
      '0/001',
      `0/001.p/${size - 255}`,
      '9/000',
      'x/000',
      '0/..',
      '64/000',
    ])
      expect([path, (await app.inject(`/log/tile/${path}`)).statusCode]).toEqual([path, 404])
    expect((await app.inject('/log/tile/entries/000')).statusCode).toBe(401)
    expect((await (await as(app, caio))('GET', '/log/tile/entries/000')).statusCode).toBe(403)
  })

  it('proves that a row is in the log to who may see the row, and that the log only grew', async () => {
    const { app, auditor, stranger, caio, db, tx, log } = await house()
    const before = parseNote(await text(app.inject('/log/checkpoint')))!.checkpoint
    await tx(caio, (t) => t.append({ type: 'a.b', itemKind: 'c', itemId: t.newId() }))
    // Signing in is told to the log too: before it is signed.
    const ask = await as(app, auditor)
    await log.drain()
    const { items } = (await ask('GET', '/api/v1/log')).json<{ items: LogEntry[] }>()
    expect(items.length).toBeGreaterThan(2)
    for (const { id, index } of items) {
      const proof = (await ask('GET', `/api/v1/log/proof/inclusion?kind=audit_entry&row=${id}`)).json<Inclusion>()
      const { root, size } = parseNote(proof.checkpoint)!.checkpoint
      expect([proof.index, proof.withheld, proof.size]).toEqual([index, false, size])
      expect(includes(leafHash(Buffer.from(proof.leaf)), proof.index, size, proof.proof.map(hash), root)).toBe(true)
    }
    const { id } = items[0]!
    const kept = await ask('GET', `/api/v1/log/proof/inclusion?kind=audit_entry&row=${id}`, undefined, {
      accept: 'text/plain',
    })
    expect(kept.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(kept.payload).toMatch(
      /^c2sp\.org\/tlog-proof@v1\nextra [A-Za-z0-9+/]+=*\nindex \d+\n([A-Za-z0-9+/]{43}=\n)*\ntenbin\.example\/log\n/,
    )
    // Whoever does not see the row of another ministry gets no proof of it.
    const change = (await db
      .selectFrom('change' as never)
      .select('id' as never)
      .execute()) as { id: string }[]
    for (const [kind, row] of [
      ['audit_entry', items.find((e) => e.actor !== null)!.id],
      ['change', change[0]!.id],
    ])
      expect(
        (await (await as(app, stranger))('GET', `/api/v1/log/proof/inclusion?kind=${kind}&row=${row}`)).statusCode,
      ).toBe(404)
    expect((await ask('GET', `/api/v1/log/proof/inclusion?kind=person&row=${caio.personId}`)).statusCode).toBe(404)
    const grown = (await app.inject(`/api/v1/log/proof/consistency?old=${before.size}`)).json<Consistency>()
    const after = parseNote(grown.checkpoint)!.checkpoint
    expect(grown.oldRoot).toBe(before.root.toString('hex'))
    expect(continues(before, after, grown.proof.map(hash))).toBe(true)
    expect((await app.inject('/api/v1/log/proof/consistency?old=9999')).statusCode).toBe(400)
  })

  it('lists what was done by person, item, type and time, and shows an auditor the own ministry alone', async () => {
    const { app, auditor, stranger, caio, other } = await house()
    const ask = await as(app, auditor)
    const list = async (query: string) =>
      (await ask('GET', `/api/v1/log?${query}`)).json<{ items: LogEntry[]; next: string | null }>()
    const all = (await list('limit=100')).items
    const systems = all.filter((e) => e.itemKind === 'ai-system')
    expect((await list(`person=${caio.personId}`)).items.map((e) => e.id)).toEqual(
      all.filter((e) => e.actor?.id === caio.personId).map((e) => e.id),
    )
    expect((await list('type=system.&limit=100')).items.map((e) => e.id)).toEqual(
      all.filter((e) => e.type.includes('system.')).map((e) => e.id),
    )
    expect((await list(`item=${systems[0]!.itemId}`)).items.map((e) => e.itemId)).toEqual([systems[0]!.itemId])
    expect((await list('itemKind=ai-system')).items).toHaveLength(systems.length)
    expect((await list(`organisation=${other.id}`)).items).toEqual([])
    expect((await list('from=2000-01-01&to=2001-01-01')).items).toEqual([])
    expect((await list('from=2000-01-01&to=2999-01-01&limit=100')).items).toHaveLength(all.length)
    const pages: string[] = []
    for (let cursor = ''; ;) {
      const page = await list(`limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`)
      pages.push(...page.items.map((e) => e.id))
      if (page.next === null) break
      cursor = page.next
    }
    expect(pages).toEqual(all.map((e) => e.id))
    const theirs = (await (await as(app, stranger))('GET', '/api/v1/log')).json<{ items: LogEntry[] }>().items
    expect(theirs.filter((e) => e.itemKind === 'ai-system')).toEqual([])
    expect(theirs.map((e) => e.type)).toContain('log.key-added')
  })

  it('keeps and serves what a witness has signed', async () => {
    const { vkey, cosign } = witness('witness.example/w1')
    const { app, auditor } = await house([vkey])
    const checkpoint = await text(app.inject('/log/checkpoint'))
    const line = cosign(checkpoint)
    const send = (payload: string) =>
      app.inject({ method: 'POST', url: '/log/cosignature', headers: { 'content-type': 'text/plain' }, payload })
    expect((await send(checkpoint + line)).json()).toEqual({
      size: parseNote(checkpoint)!.checkpoint.size,
      witnesses: ['witness.example/w1'],
    })
    expect(await text(app.inject('/log/checkpoint'))).toBe(checkpoint + line)
    expect(await text(app.inject(`/log/checkpoint/${parseNote(checkpoint)!.checkpoint.size}`))).toBe(checkpoint + line)
    const state = (await (await as(app, auditor))('GET', '/api/v1/log/state')).json<LogState>()
    expect(state.witnesses).toEqual([
      { name: 'witness.example/w1', asked: false, size: state.size, at: '2027-01-15T08:00:00.000Z', problem: null },
    ])
  })

  it('refuses what no witness has signed, or not over a tree of this log, and tells the log', async () => {
    const { vkey, cosign } = witness('witness.example/w1')
    const { app, auditor, log } = await house([vkey])
    const checkpoint = await text(app.inject('/log/checkpoint'))
    const { size } = parseNote(checkpoint)!.checkpoint
    const otherTree =
      bodyOf({ origin: 'tenbin.example/log', size, root: Buffer.alloc(32) }) +
      checkpoint.slice(checkpoint.indexOf('\n\n') + 1)
    const bad: [string, string][] = [
      [checkpoint + witness('witness.example/w1').cosign(checkpoint), 'no-witness'],
      [checkpoint, 'no-witness'],
      ['なんでもない', 'no-checkpoint'],
      [checkpoint.replace('tenbin.example', 'other.example') + cosign(checkpoint), 'other-log'],
      [checkpoint.replace(`\n${size}\n`, `\n${size + 1}\n`) + cosign(checkpoint), 'unknown-checkpoint'],
      [otherTree + cosign(otherTree), 'other-tree'],
    ]
    for (const [payload, because] of bad) {
      const answer = await app.inject({
        method: 'POST',
        url: '/log/cosignature',
        headers: { 'content-type': 'text/plain' },
        payload,
      })
      expect([answer.statusCode, answer.json<{ params: unknown }>().params]).toEqual([
        400,
        { reason: `cosignature-${because}` },
      ])
    }
    expect(await text(app.inject('/log/checkpoint'))).toBe(checkpoint)
    await log.drain()
    const ask = await as(app, auditor)
    const told = (await ask('GET', '/api/v1/log?type=log.cosignature-refused')).json<{ items: LogEntry[] }>().items
    expect(told.map((e) => e.detail)).toEqual([{ because: 'no-witness', untold: 0 }])
    expect(
      (
        await app.inject({
          method: 'POST',
          url: '/log/cosignature',
          headers: { 'content-type': 'text/plain' },
          payload: 'x'.repeat(70_000),
        })
      ).statusCode,
    ).toBe(413)
  })
})
