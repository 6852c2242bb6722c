import { sql } from 'kysely'
import { appendFileSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it } from 'vitest'

import type { Database } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { onEachEngine } from '#test/engines.ts'
import { evidenceAppOn, formOf } from '#test/evidence.ts'
import { docx, pdf, program } from '#test/office-files.ts'
import { make } from '#test/people.ts'
import { aSystem, store, txOn } from '#test/register.ts'

import type { EvidenceList } from './api.ts'
import { safeFileName } from './model.ts'

async function office(database: Database, more: Parameters<typeof evidenceAppOn>[2] = {}) {
  const ministry = await make.organisation(database.db)
  const planner = await make.person(database.db, ministry, 'planner')
  const [system] = await store(txOn(database), planner, [aSystem(ministry)])
  const { app, deps, folder, staging } = await evidenceAppOn(database, planner, more)
  const words = { itemKind: 'system', itemId: system!.systemId, title: '契約書', classification: 'confidentiality-2' }
  const add = (name: string, content: Uint8Array | string, changed: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url: '/api/v1/evidence', ...formOf({ ...words, ...changed }, { name, content }) })
  const list = async () =>
    (
      await app.inject({ method: 'GET', url: `/api/v1/evidence?itemKind=system&itemId=${system!.systemId}` })
    ).json<EvidenceList>()
  const log = async () =>
    (
      await sql<{ type: string; detail: Record<string, unknown> }>`
        select type, detail from audit_entry where type like 'evidence.%' order by at, id`.execute(database.db)
    ).rows
  const kept = async () => {
    const all: string[] = []
    for await (const { sha256 } of deps.files.list()) all.push(sha256)
    return all
  }
  /** Nothing of a refused file is anywhere. */
  const expectNothingKept = async () => {
    expect(await kept()).toEqual([])
    expect(existsSync(staging) ? readdirSync(staging) : []).toEqual([])
    expect((await list()).items).toEqual([])
  }
  return { app, deps, folder, ministry, planner, words, add, list, log, kept, expectNothingKept }
}

it.each([
  ['../../etc/passwd.txt', 'passwd.txt'],
  ['..\\..\\windows\\system.pdf', 'system.pdf'],
  ['..', 'file'],
  ['', 'file'],
  ['契約\u202Efdp.exe', '契約fdp.exe'],
  ['a\u0000b\r\nc.pdf', 'abc.pdf'],
  ['<script>.csv', 'script.csv'],
  ['が'.normalize('NFD') + '.pdf', 'が.pdf'],
])('a file name from outside is only a name: %j', (given, kept) => {
  expect(safeFileName(given)).toBe(kept)
})

it('a long name keeps its ending', () => {
  const name = safeFileName(`${'長'.repeat(300)}.pdf`)
  expect(name).toMatch(/長\.pdf$/)
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
})

onEachEngine('evidence', (database) => {
  it('a file is attached to a system, listed with who and what, and comes back byte for byte', async () => {
    const { app, add, list, log } = await office(database())
    const content = pdf('契約書')
    const added = await add('契約書.pdf', content)
    expect(added.statusCode, added.body).toBe(201)
    const { items, rules, may } = await list()
    expect(items).toMatchObject([
      {
        id: added.json<{ id: string }>().id,
        title: '契約書',
        fileName: '契約書.pdf',
        mediaType: 'application/pdf',
        bytes: content.length,
        classification: 'confidentiality-2',
        addedBy: { ja: '山川 一郎' },
        withdrawn: null,
      },
    ])
    expect(rules.endings).toContain('docx')
    expect(may).toEqual({ add: true, withdraw: true })
    const got = await app.inject({ method: 'GET', url: `/api/v1/evidence/${items[0]!.id}/content` })
    expect(got.rawPayload.equals(content)).toBe(true)
    expect(await log()).toMatchObject([
      { type: 'evidence.added', detail: { sha256: items[0]!.sha256, bytes: content.length, scanned: false } },
    ])
    // The log holds ids and codes; the title is text of a person.
    expect(JSON.stringify(await log())).not.toContain('契約書')
  })

  it('a download is saved and not run: attachment, no guessing, a sandbox without script', async () => {
    const { app, add } = await office(database())
    const { id } = (await add("メモ 'x'.txt", 'text')).json<{ id: string }>()
    const { headers } = await app.inject({ method: 'GET', url: `/api/v1/evidence/${id}/content` })
    expect(headers['content-disposition']).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('メモ x.txt').replace('x', '%27x%27')}`,
    )
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toContain('sandbox')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).not.toContain('allow-scripts')
  })

  it.each<[string, Uint8Array | string, string]>([
    ['a page', '<!doctype html><script>alert(1)</script>', '説明.html'],
    ['a page under the name of a text', '<html><script>alert(1)</script></html>', '説明.txt'],
    ['a program under the name of a PDF', program(), '契約書.pdf'],
    ['a ZIP bomb under the name of a document', docx(['word/a.bin', Buffer.alloc(30_000_000)]), '仕様.docx'],
    ['nothing', '', '空.txt'],
  ])('%s is refused by name, told to the log, and leaves nothing behind', async (_what, content, name) => {
    const { add, log, expectNothingKept } = await office(database())
    const refused = await add(name, content)
    expect(refused.statusCode).toBe(422)
    const { params } = refused.json<{ params: { evidence: string; name: string } }>()
    expect(params.name).toBe(name)
    expect(await log()).toMatchObject([{ type: 'evidence.refused', detail: { code: params.evidence } }])
    await expectNothingKept()
  })

  it('a path in the name of a file goes nowhere', async () => {
    const { add, list, folder } = await office(database())
    expect((await add('../../../../tmp/stolen.txt', 'text')).statusCode).toBe(201)
    expect((await list()).items[0]!.fileName).toBe('stolen.txt')
    expect(readdirSync(folder).toSorted()).toEqual(['files', 'staging'])
    expect(existsSync('/tmp/stolen.txt')).toBe(false)
  })

  it('what the scanner finds is refused, and what it could not scan is refused too', async () => {
    for (const [scan, status, code] of [
      [async () => 'found' as const, 422, 'infected'],
      [async () => Promise.reject(new AppError('unavailable', { reason: 'scan-failed', exit: 2 })), 503, 'not-scanned'],
    ] as const) {
      const { add, log, expectNothingKept } = await office(database(), { scan })
      const refused = await add('契約書.pdf', pdf())
      expect(refused.statusCode).toBe(status)
      expect((await log()).at(-1)).toMatchObject({ type: 'evidence.refused', detail: { code } })
      await expectNothingKept()
    }
    const { add, log } = await office(database(), { scan: async () => 'clean' })
    expect((await add('契約書.pdf', pdf())).statusCode).toBe(201)
    expect((await log()).at(-1)).toMatchObject({ type: 'evidence.added', detail: { scanned: true } })
  })

  it('words that are missing or unknown are refused before the file is kept', async () => {
    const { add, expectNothingKept } = await office(database())
    for (const changed of [
      { title: '' },
      { title: 'x'.repeat(201) },
      { classification: 'top-secret' },
      { itemKind: 'person' },
      { itemId: 'no-id' },
      { unknown: 'field' },
    ])
      expect((await add('契約書.pdf', pdf(), changed as Record<string, string>)).statusCode).toBe(400)
    const elsewhere = '00000000-0000-7000-8000-000000000000'
    expect((await add('契約書.pdf', pdf(), { itemId: elsewhere })).statusCode).toBe(404)
    await expectNothingKept()
  })

  it('one byte more than the limit is too large, the limit itself is not', async () => {
    const { deps, add, expectNothingKept } = await office(database())
    Object.assign(deps.evidence, { rules: { ...deps.evidence.rules, bytes: 1000 } })
    const over = await add('x.txt', 'x'.repeat(1001))
    expect([over.statusCode, over.json<{ params: unknown }>().params]).toEqual([413, { limit: 1000 }])
    await expectNothingKept()
    expect((await add('x.txt', 'x'.repeat(1000))).statusCode).toBe(201)
  })

  it('another ministry may not attach to it, and an auditor may only read', async () => {
    const { words } = await office(database())
    const elsewhere = await make.organisation(database().db, '第二省')
    const stranger = await make.person(database().db, elsewhere, 'planner')
    const { app } = await evidenceAppOn(database(), stranger)
    const refused = await app.inject({
      method: 'POST',
      url: '/api/v1/evidence',
      ...formOf(words, { name: 'x.pdf', content: pdf() }),
    })
    expect(refused.statusCode).toBe(403)
  })

  it('withdrawn evidence stays to be seen, with the reason, once', async () => {
    const { app, add, list, log, kept } = await office(database())
    const { id } = (await add('契約書.pdf', pdf())).json<{ id: string }>()
    const withdraw = (because: string) =>
      app.inject({ method: 'POST', url: `/api/v1/evidence/${id}/withdraw`, payload: { because } })
    expect((await withdraw('')).statusCode).toBe(400)
    expect((await withdraw('別の契約のもの')).statusCode).toBe(200)
    expect((await withdraw('もう一度')).statusCode).toBe(409)
    expect((await list()).items).toMatchObject([{ id, withdrawn: { because: '別の契約のもの' } }])
    expect(await kept()).toHaveLength(1)
    expect((await log()).map(({ type }) => type)).toEqual(['evidence.added', 'evidence.withdrawn'])
  })

  it('bytes that were changed in the store are not given out, and that is told to the log', async () => {
    const { app, add, list, log, folder } = await office(database())
    const { id } = (await add('契約書.pdf', pdf())).json<{ id: string }>()
    const { sha256 } = (await list()).items[0]!
    const prove = async () =>
      (await app.inject({ method: 'POST', url: `/api/v1/evidence/${id}/proof` })).json<{ ok: boolean }>().ok
    const content = () => app.inject({ method: 'GET', url: `/api/v1/evidence/${id}/content` })
    expect(await prove()).toBe(true)
    const path = join(folder, 'files', sha256.slice(0, 2), sha256)
    appendFileSync(path, 'x')
    expect(await prove()).toBe(false)
    expect((await content()).json()).toMatchObject({ status: 503, params: { reason: 'file-changed' } })
    rmSync(path)
    expect((await content()).json()).toMatchObject({ status: 503, params: { reason: 'file-missing' } })
    expect((await log()).filter(({ type }) => type === 'evidence.damaged')).toHaveLength(3)
  })

  it.each(['said in advance', 'not said'])(
    'an upload of 1 GB (%s) is refused, and the server answers on',
    async (how) => {
      const { app, words, expectNothingKept } = await office(database())
      await app.listen({ port: 0, host: '127.0.0.1' })
      const { port } = app.server.address() as AddressInfo
      const { headers, payload } = formOf(words, { name: 'x.txt', content: '' })
      const block = Buffer.alloc(1024 * 1024, 0x20)
      const before = process.memoryUsage().rss
      let most = before
      const status = await new Promise<number | string>((done) => {
        const said = how === 'not said' ? {} : { 'content-length': 1024 ** 3 + payload.length }
        const sending = httpRequest(
          { port, host: '127.0.0.1', method: 'POST', path: '/api/v1/evidence', headers: { ...headers, ...said } },
          (answer) => {
            done(answer.statusCode ?? 0)
            sending.destroy()
          },
        )
        sending.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'error'))
        sending.write(payload.subarray(0, payload.length - '\r\n------tenbin-test--\r\n'.length))
        let sent = 0
        const send = () => {
          most = Math.max(most, process.memoryUsage().rss)
          if (sending.destroyed || sent++ === 1024) return
          if (sending.write(block)) setImmediate(send)
          else sending.once('drain', send)
        }
        send()
      })
      expect(status).toBe(413)
      expect(most - before).toBeLessThan(200 * 1024 * 1024)
      await expectNothingKept()
      await app.close()
    },
    60_000,
  )
})
