import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { AppError } from '#platform/errors.ts'
import { createHttp } from '#platform/http.ts'

import { catalogDiffSchema, catalogEditionSchema, catalogsSchema } from './api.ts'
import { type Library, loadLibrary } from './catalog-library.ts'
import { entryInForce } from './in-force.ts'
import { catalogRoutes } from './routes.ts'

const folder = (files: Readonly<Record<string, string>>): string => {
  const path = mkdtempSync(join(tmpdir(), 'tenbin-in-force-'))
  mkdirSync(path, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text)
  return path
}

/** The smallest catalog that decides something, in two editions of which the second asks more. */
const small = (edition: string, more = '') => `
format: tenbin-catalog/1
id: own-rule
edition: '${edition}'
languages: [ja]
title: { ja: 府省の規則 }
publisher: { ja: あおば省 }
sources: [{ id: own, title: { ja: 訓令 }, kind: official }]
source: { document: own }
provenance: official
decide: { table: verdict }
questions:
  - { id: q1, kind: single, title: { ja: 問い }, options: [{ id: a, title: { ja: はい } }, { id: b, title: { ja: いいえ } }] }
${more}
outcomes:
  - { id: consult-board, title: { ja: 相談 }, strictness: 2 }
  - { id: proceed, title: { ja: 進める }, strictness: 1 }
tables:
  - id: verdict
    title: { ja: 判定 }
    hit: first
    rules: [{ id: r1, title: { ja: 規則 }, when: { question: q1, is: a }, gives: consult-board }]
    otherwise: { id: r0, title: { ja: そのほか }, gives: proceed }
`
const more = `  - { id: q2, kind: text, title: { ja: 説明 }, optional: true }`
const inForce = (edition: string) => `finder: { catalog: own-rule, edition: '${edition}' }\n`

async function reader(library: Library) {
  const app = await createHttp({
    maxUploadBytes: 1000,
    onBug: (error) => {
      throw error
    },
  })
  catalogRoutes(app, { library, finderInForce: () => ({ catalog: 'ds-920', edition: '1.0' }) })
  return (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers })
}

describe('the catalog reader', () => {
  it('lists every edition with its parts, lists and marks, and says which is in force', async () => {
    const get = await reader(loadLibrary(['catalogs']).library)
    const { catalogs } = catalogsSchema.parse((await get('/api/v1/catalogs')).json())
    const [finder] = catalogs.filter((c) => c.inForce)
    expect(finder).toMatchObject({ id: 'ds-920', edition: '1.0', parts: { questions: 9 } })
    expect(finder?.lists.find((l) => l.id === 'procurement-check')?.items).toBe(21)
    expect(finder?.marks.preset).toBeGreaterThan(0)
    expect(finder?.marks.official).toBeGreaterThanOrEqual(0)
  })

  it('gives an edition as data under its digest, and nothing when the digest is known', async () => {
    const get = await reader(loadLibrary(['catalogs']).library)
    const answer = await get('/api/v1/catalogs/ds-920/1.0')
    const { digest, catalog } = catalogEditionSchema.parse(answer.json())
    expect(answer.headers['etag']).toBe(`"${digest}"`)
    expect(catalog.questions.map((q) => q.id)).toContain('users-kind')
    const again = await get('/api/v1/catalogs/ds-920/1.0', { 'if-none-match': `"${digest}"` })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })

  it('lists what one edition adds, removes and changes against another', async () => {
    const own = folder({ 'one.yaml': small('1'), 'two.yaml': small('2', more) })
    const { library, faults } = loadLibrary([own])
    expect(faults).toEqual([])
    const get = await reader(library)
    const diff = catalogDiffSchema.parse((await get('/api/v1/catalogs/own-rule/1/diff/2')).json())
    expect(diff.changes.map((c) => [c.kind, c.part, c.id, c.at])).toEqual([
      ['changed', 'header', '', 'edition'],
      ['added', 'questions', 'q2', ''],
    ])
    expect(diff.changes[1]?.to).toMatchObject({ title: { ja: '説明' } })
    const back = catalogDiffSchema.parse((await get('/api/v1/catalogs/own-rule/2/diff/1')).json())
    expect(back.changes.at(-1)).toMatchObject({ kind: 'removed', id: 'q2', from: { id: 'q2' }, to: null })
  })

  it('does not find an edition that is not there', async () => {
    const get = await reader(loadLibrary(['catalogs']).library)
    const answer = await get('/api/v1/catalogs/ds-920/9.9')
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toMatchObject({ code: 'not-found', params: { catalog: 'ds-920', edition: '9.9' } })
  })
})

describe('the edition in force', () => {
  it('is the one that the last folder names: a ministry puts its own beside what is shipped', () => {
    const own = folder({ 'one.yaml': small('1'), 'in-force.yaml': inForce('1') })
    const folders = ['catalogs', own]
    const { library } = loadLibrary(folders)
    expect(entryInForce(folders, library, 'finder')).toMatchObject({ catalog: 'own-rule', edition: '1' })
    expect(entryInForce(['catalogs'], library, 'finder')).toMatchObject({ catalog: 'ds-920', edition: '1.0' })
  })

  it.each([
    ['in-force-missing', inForce('7')],
    ['in-force-unreadable', 'finder: { catalog: own-rule }'],
    ['in-force-unreadable', 'finder: [not, a, map'],
    ['in-force-unreadable', 'finders: { catalog: own-rule, edition: "1" }'],
    ['none-in-force', '{}'],
  ])('is refused as %s, naming the file, instead of judging by another', (reason, text) => {
    const own = folder({ 'one.yaml': small('1'), 'in-force.yaml': text })
    const { library } = loadLibrary([own])
    const attempt = (): unknown => entryInForce([own], library, 'finder')
    expect(attempt).toThrow(AppError)
    expect(attempt).toThrow(
      expect.objectContaining({ code: 'unavailable', params: expect.objectContaining({ reason }) }) as Error,
    )
  })
})
