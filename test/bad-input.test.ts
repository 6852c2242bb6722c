import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { badFiles, formulas, hugeCell, invalidUtf8, wide } from '#test/bad-files.ts'
import { heldAtMost } from '#test/memory.ts'
import { type Running, type SignedIn, signIn, startServer } from '#test/server.ts'
import { type Ran, tenbin } from '#test/tenbin.ts'

/**
 * Most that the whole server may hold whatever it is sent, MB: about 400 with the embedded database open, 512 for the
 * thread that reads (limits.ts), and the file itself a few times over.
 */
const mostMb = 1200

let home: string
let server: Running
let who: SignedIn
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'tenbin-bad-'))
  server = await startServer({ args: ['--no-demo'] })
  who = await signIn(server.address, 'caio')
})
afterAll(async () => {
  await server.stop()
  rmSync(home, { recursive: true, force: true })
})

type Problem = { code: string; status: number; params: Record<string, unknown> }
type Done = { state: string; rows: number; stored: number; rejected: number; reasons: unknown[]; flags: unknown[] }
const json = async <T>(answer: Response | Promise<Response>) => (await (await answer).json()) as T
const total = async () => (await json<{ total: number }>(who.get('/api/v1/uses/count'))).total
const imports = async () => (await json<{ items: unknown[] }>(who.get('/api/v1/imports'))).items.length

/** Hands the file to the command line, which asks the running server. */
async function byCommand(name: string, content: Uint8Array, language: 'ja' | 'en'): Promise<Ran> {
  const path = join(home, name)
  writeFileSync(path, content)
  const ran = await tenbin(['import', path, '--json'], { dataDir: server.dataDir, language })
  rmSync(path)
  return ran
}

/** Hands a file in over HTTP and imports it to its end. */
async function byHttp(name: string, content: Uint8Array): Promise<Done & { id: string }> {
  const { sha256 } = await json<{ sha256: string }>(who.upload('/api/v1/import-files', name, content))
  const { id } = await json<{ id: string }>(who.send('POST', '/api/v1/imports', { sha256, fileName: name }))
  for (;;) {
    const { progress } = await json<{ progress: unknown }>(who.get(`/api/v1/imports/${id}/progress`))
    if (progress === null) return { ...(await json<Done>(who.get(`/api/v1/imports/${id}`))), id }
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

describe('a file that cannot be read', () => {
  it.each(badFiles.map((file) => [file.what, file] as const))('%s is refused with what and where', async (_, file) => {
    const before = [await total(), await imports()]
    const content = await file.content()
    const answer = await who.upload('/api/v1/import-files', file.name, content)
    expect(answer.status).toBe(file.status)
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(await json<Problem>(answer)).toMatchObject({ code: file.code, params: file.params })
    for (const language of ['ja', 'en'] as const) {
      const ran = await byCommand(file.name, content, language)
      expect(ran.exit).toBe(1)
      expect(ran.json()).toMatchObject({ ok: false, code: file.code, params: file.params })
      expect(ran.said).toMatch(file.words[language])
    }
    // Nothing half done, and the server answers.
    expect([await total(), await imports()]).toEqual(before)
    expect((await fetch(`${server.address}/healthz`)).ok).toBe(true)
    expect(heldAtMost(server.pid)).toBeLessThan(mostMb)
  })

  it('of more bytes than may be sent is refused, and nothing of it is kept', async () => {
    const answer = await who.upload('/api/v1/import-files', '巨大.csv', Buffer.alloc(60 * 1024 * 1024, 'あ,い\n'))
    expect(answer.status).toBe(413)
    expect(await json<Problem>(answer)).toMatchObject({ code: 'too-large' })
    expect(heldAtMost(server.pid)).toBeLessThan(mostMb)
  })

  it('in another encoding than it says shows where, and is imported only when a person lets bytes be replaced', async () => {
    const before = await imports()
    const handed = await who.upload('/api/v1/import-files', '文字.csv', invalidUtf8)
    expect(handed.status).toBe(200)
    const { sha256 } = await json<{ sha256: string }>(handed)
    const reading = { sha256, fileName: '文字.csv' }
    const preview = await who.send('POST', '/api/v1/imports/preview', reading)
    expect(preview.status).toBe(422)
    const problem = await json<Problem>(preview)
    expect(problem).toMatchObject({
      code: 'bad-file',
      params: { fault: 'invalid-bytes', places: expect.arrayContaining([expect.objectContaining({ line: 3 })]) },
    })
    const ran = await byCommand('文字.csv', invalidUtf8, 'ja')
    expect([ran.exit, ran.said]).toEqual([1, expect.stringMatching(/3行目/)])
    expect(await imports()).toBe(before)
    const replaced = await who.send('POST', '/api/v1/imports/preview', { ...reading, invalidBytes: 'replace' })
    expect(await json<Done>(replaced)).toMatchObject({ rows: 2, stored: 2 })
  })
})

describe('a file with odd contents', () => {
  it('of 200 columns is imported whole', async () => {
    const done = await byHttp('二百列.csv', Buffer.from(wide))
    expect(done).toMatchObject({ state: 'done', rows: 50, stored: 50, rejected: 0 })
    const file = await who.get(`/api/v1/exports/file?profile=round-trip&format=csv&encoding=utf-8&importId=${done.id}`)
    expect((await file.text()).trim().replaceAll('\r\n', '\n')).toBe(wide)
  })

  it('with a cell of a megabyte has that row rejected and the others stored', async () => {
    const done = await byHttp('巨大なセル.csv', Buffer.from(hugeCell))
    expect(done).toMatchObject({ state: 'done', rows: 3, stored: 2, rejected: 1 })
    expect(done.reasons).toEqual([{ code: 'cell-too-long', count: 1 }])
    expect(heldAtMost(server.pid)).toBeLessThan(mostMb)
  })

  it('with formulas is stored as texts, and leaves the house harmless', async () => {
    const done = await byHttp('式.csv', Buffer.from(formulas))
    expect(done).toMatchObject({ state: 'done', stored: 1 })
    const file = await who.get(`/api/v1/exports/file?profile=register&format=csv&importId=${done.id}`)
    const text = await file.text()
    expect(text).toContain(`"'=HYPERLINK(""http://x.example"",""y"")"`)
    expect(text).not.toMatch(/(^|,)"?[=@]/m)
  })
})

describe('a request that is none', () => {
  it.each([
    ['a body that is no JSON', 'POST', '/api/v1/imports/preview', '{', 400],
    ['an unknown key', 'POST', '/api/v1/imports/preview', '{"sha256":"x","fileName":"y","z":1}', 400],
    [
      'a file that was never handed in',
      'POST',
      '/api/v1/imports',
      `{"sha256":"${'0'.repeat(64)}","fileName":"y.csv"}`,
      404,
    ],
    ['an id that is none', 'GET', '/api/v1/imports/1', undefined, 400],
    ['an import that is not there', 'GET', `/api/v1/imports/${'00000000-0000-7000-8000-000000000009'}`, undefined, 404],
  ])('%s is answered with a code', async (_, method, path, body, status) => {
    const answer = await who.raw(method, path, body)
    expect(answer.status).toBe(status)
    expect(await json<Problem>(answer)).toMatchObject({ code: expect.any(String), status })
  })
})

describe('a catalog with a loop', () => {
  it('is refused by file, line and key, in the language of the person', async () => {
    const path = join(home, 'loop.yaml')
    writeFileSync(path, loop)
    const ja = await tenbin(['catalog', 'check', path], { dataDir: home })
    const en = await tenbin(['catalog', 'check', path, '--json'], { dataDir: home, language: 'en' })
    expect([ja.exit, en.exit]).toEqual([1, 1])
    expect(ja.out).toMatch(/loop\.yaml:\d+/)
    const { catalogs } = en.json() as {
      catalogs: { faults: { file: string; line: number; key: string; code: string }[] }[]
    }
    const circle = catalogs[0]!.faults.find(({ code }) => code === 'loop')
    expect(circle).toMatchObject({ file: expect.stringContaining('loop.yaml'), line: expect.any(Number) })
    expect(circle!.line).toBeGreaterThan(1)
    expect(ja.out).toContain(circle!.key)
  })
})

/** Two questions, each visible only by the answer of the other. */
const loop = `format: tenbin-catalog/1
id: tea
edition: '1'
languages: [ja, en]
title: { ja: 給湯室の決まり, en: Rules of the tea room }
publisher: { ja: 総務係, en: General affairs }
provenance: preset
sources: []
decide: { table: verdict }
questions:
  - id: kettle
    kind: single
    title: { ja: やかんは熱いですか, en: Is the kettle hot? }
    show-when: { question: stove, is: 'yes' }
    options:
      - { id: 'yes', title: { ja: はい, en: 'Yes' } }
      - { id: 'no', title: { ja: いいえ, en: 'No' } }
  - id: stove
    kind: single
    title: { ja: 火は付いていますか, en: Is the stove on? }
    show-when: { question: kettle, is: 'yes' }
    options:
      - { id: 'yes', title: { ja: はい, en: 'Yes' } }
      - { id: 'no', title: { ja: いいえ, en: 'No' } }
outcomes:
  - { id: wait, title: { ja: 待つ, en: Wait }, strictness: 2 }
  - { id: pour, title: { ja: 注ぐ, en: Pour }, strictness: 1 }
tables:
  - id: verdict
    title: { ja: 判定, en: Verdict }
    hit: first
    rules:
      - id: hot
        title: { ja: やかんが熱い, en: The kettle is hot }
        when: { question: kettle, is: 'yes' }
        gives: pour
    otherwise: { id: cold, title: { ja: やかんが熱くない, en: The kettle is not hot }, gives: wait }
cases:
  - { id: hot, title: { ja: 熱い, en: Hot }, answers: { kettle: 'yes' }, expect: { outcome: pour, fired: [hot] } }
  - { id: cold, title: { ja: 冷たい, en: Cold }, answers: { kettle: 'no' }, expect: { outcome: wait } }
`
