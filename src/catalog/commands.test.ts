import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadLibrary } from './catalog-library.ts'
import { checkCommand, checkReport, diffCommand, evaluateCommand } from './commands.ts'
import { diffCatalogs } from './diff-catalogs.ts'
import { digestOf } from './digest.ts'
import { linesOf, mostBytesPerLine } from './lines.ts'
import { loadCatalog } from './load-catalog.ts'
import type { Catalog } from './model.ts'
import { inFolder, loadText, spoiled, tea } from './tea.test-support.ts'

function recorded(language: 'ja' | 'en' = 'en') {
  const out: string[] = []
  const said: string[] = []
  return {
    out,
    said,
    io: { out: (t: string) => void out.push(t), say: (t: string) => void said.push(t), cwd: process.cwd(), language },
  }
}
function catalogOf(text: string): Catalog {
  const read = loadText(text)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.catalog
}
async function* chunksOf(...parts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part
}

describe('evaluate', () => {
  async function evaluated(...lines: (string | Uint8Array)[]) {
    const { out, said, io } = recorded()
    const exit = await inFolder({ 'c.yaml': tea }, (folder) =>
      evaluateCommand(io, { path: join(folder, 'c.yaml'), answers: '-', stdin: chunksOf(...lines) }),
    )
    return { exit, said, results: out.map((line) => JSON.parse(line)) }
  }

  test('gives one result per line, in order, wherever the stream is cut', async () => {
    const { exit, results } = await evaluated(
      '{"id":7,"answers":{"kettle":"y',
      'es","cups":6}}\r\n\n{"kettle"',
      ':"no"}',
    )
    expect(exit).toBe(0)
    expect(results.map((r) => [r.line, r.id, r.outcome])).toEqual([
      [1, 7, 'ask'],
      [3, undefined, 'wait'],
    ])
  })

  test('waits for a reader that is slower, so that what is not yet read does not pile up', async () => {
    const { out, io } = recorded()
    let waiting = 0
    let most = 0
    const slow = {
      ...io,
      out: (text: string) => {
        io.out(text)
        most = Math.max(most, ++waiting)
      },
      drained: () =>
        waiting < 2 ? undefined : new Promise<void>((done) => setImmediate(() => done(void (waiting = 0)))),
    }
    const lines = Array.from({ length: 20 }, () => '{"kettle":"no"}\n')
    await inFolder({ 'c.yaml': tea }, (folder) =>
      evaluateCommand(slow, { path: join(folder, 'c.yaml'), answers: '-', stdin: chunksOf(...lines) }),
    )
    expect(out).toHaveLength(20)
    expect(most).toBe(2)
  })

  test('says of a folder given as answers that it is no file', async () => {
    const { said, io } = recorded()
    const exit = await inFolder({ 'c.yaml': tea }, (folder) =>
      evaluateCommand(io, { path: join(folder, 'c.yaml'), answers: folder }),
    )
    expect(exit).toBe(1)
    expect(said.join()).toContain('[not-a-file]')
  })

  test('reports a line that cannot be read in its place, goes on, and ends with 1', async () => {
    const { exit, results } = await evaluated(
      'nope\n[]\n',
      new Uint8Array([0x22, 0xff, 0x22, 0x0a]),
      '{"kettle":"no"}\n',
    )
    expect(exit).toBe(1)
    expect(results.map((r) => r.fault?.code ?? r.outcome)).toEqual(['not-json', 'not-an-object', 'not-utf8', 'wait'])
  })

  test('takes an answer that the catalog does not know as unknown, and says so', async () => {
    const { exit, results } = await evaluated('{"kettle":"perhaps","spoon":1,"cups":"6"}')
    expect(exit).toBe(1)
    expect(results[0]).toMatchObject({
      outcome: 'cannot-decide',
      faults: [
        { code: 'no-such-option', question: 'kettle' },
        { code: 'no-such-question', question: 'spoon' },
        { code: 'wrong-answer-type', question: 'cups' },
      ],
    })
  })

  test('holds one line at most, and reports one that is too long', async () => {
    const long = Array.from({ length: 40 }, () => 'x'.repeat(mostBytesPerLine / 16))
    const seen = []
    for await (const line of linesOf(chunksOf(...long, '\n{}\n'))) seen.push(line)
    expect(seen).toEqual([
      { number: 1, fault: 'line-too-long' },
      { number: 2, text: '{}' },
    ])
  })

  test('says what is wrong with a catalog or file that is not there, and prints no result', async () => {
    const { out, said, io } = recorded()
    expect(await evaluateCommand(io, { path: 'no/such', answers: 'no/such.jsonl' })).toBe(1)
    expect([out, said]).toEqual([[], ['no/such: There is no such file or folder. Check the path. [no-such-path]']])
  })
})

describe('check', () => {
  test('lists every fault and ends with 1', () => {
    inFolder(
      { 'c.yaml': spoiled('gives: wait', 'gives: sleep', spoiled('integer: true', 'whole: true')) },
      (folder) => {
        const { out, io } = recorded('ja')
        expect(checkCommand(io, { path: join(folder, 'c.yaml'), folders: [], json: false })).toBe(1)
        expect(out).toHaveLength(3)
        expect(out.join('\n')).toContain('outcomes に「sleep」はありません')
      },
    )
  })

  test('proves all catalogs of the folders when no path is given', () => {
    inFolder(
      { 'a/catalog.yaml': tea, 'b.yaml': spoiled("edition: '1'", "edition: '2'"), 'README.md': 'x: 1' },
      (folder) => {
        const report = checkReport(undefined, [folder])
        expect(report.catalogs.map((c) => [c.edition, c.ok, c.cases])).toEqual([
          ['1', true, 3],
          ['2', true, 3],
        ])
        expect(report.ok).toBe(true)
      },
    )
  })

  test('names a field of the register, or a code of it, that is not there', () => {
    const linked = spoiled(
      '    kind: single\n',
      "    kind: single\n    register-field: { field: heating, values: { on: 'yes', off: 'no' } }\n",
    )
    const found = (fields: [string, string[] | undefined][]) =>
      inFolder({ 'c.yaml': linked }, (folder) =>
        checkReport(join(folder, 'c.yaml'), [], new Map(fields)).catalogs[0]!.faults.map((f) => [f.code, f.key]),
      )
    expect(found([['heating', ['on', 'off']]])).toEqual([])
    expect(found([['heating', undefined]])).toEqual([])
    expect(found([['heatin', ['on']]])).toEqual([['no-such-item', 'questions[0].register-field.field']])
    expect(found([['heating', ['on']]])).toEqual([['not-allowed-value', 'questions[0].register-field.values.off']])
  })

  test('leaves no YAML file of a folder out in silence: one without format is a faulty catalog', () => {
    const asJson = JSON.stringify({ ...catalogOf(tea), edition: '3' })
    inFolder(
      {
        'bom.yaml': `\uFEFF${tea}`,
        'short.yml': spoiled("edition: '1'", "edition: '2'"),
        'json.yaml': asJson,
        'forgot.yaml': spoiled('format: tenbin-catalog/1\n', ''),
        'in-force.yaml': "finder: { catalog: tea, edition: '1' }",
      },
      (folder) => {
        const { catalogs } = checkReport(undefined, [folder])
        expect(catalogs.map((c) => [c.path.slice(folder.length + 1), c.edition, c.ok])).toEqual([
          ['bom.yaml', '1', true],
          ['forgot.yaml', null, false],
          ['json.yaml', '3', true],
          ['short.yml', '2', true],
        ])
        expect(catalogs[1]?.faults).toMatchObject([{ code: 'missing-key', key: 'format', line: 1 }])
      },
    )
  })
})

describe('the library', () => {
  const digest = digestOf(catalogOf(tea))
  const listed = `released: [{ catalog: tea, edition: '1', digest: ${digest} }]\n`

  test('gets editions by number and the newest, 10 after 9', () => {
    inFolder(
      { '9.yaml': spoiled("edition: '1'", "edition: '9.0'"), '10.yaml': spoiled("edition: '1'", "edition: '10.0'") },
      (folder) => {
        const { library, faults } = loadLibrary([folder])
        expect(faults).toEqual([])
        expect(library.latest('tea')?.edition).toBe('10.0')
        expect(library.get('tea', '9.0')?.content.edition).toBe('9.0')
        expect(library.get('tea', '1')).toBe(undefined)
      },
    )
  })

  test('an edition that was released is not edited: the fault names it', () => {
    inFolder({ 'released.yaml': listed, 'tea.yaml': tea }, (folder) => {
      const { library, faults } = loadLibrary([folder])
      expect(faults).toEqual([])
      expect(library.get('tea', '1')).toMatchObject({ released: true, digest })
    })
    inFolder({ 'released.yaml': listed, 'tea.yaml': spoiled('en: Kettle', 'en: Pot') }, (folder) => {
      expect(loadLibrary([folder]).faults).toMatchObject([
        { code: 'released-edition-edited', params: { catalog: 'tea', edition: '1', released: digest } },
      ])
      expect(checkReport(join(folder, 'tea.yaml'), []).ok).toBe(false)
    })
    inFolder({ 'released.yaml': listed }, (folder) => {
      expect(loadLibrary([folder]).faults).toMatchObject([{ code: 'released-edition-missing' }])
    })
  })

  test('layout and comments do not change the digest, every word does', () => {
    expect(digestOf(catalogOf(`# a comment\n${tea}`))).toBe(digest)
    expect(digestOf(catalogOf(spoiled('en: Kettle', 'en: Kettles')))).not.toBe(digest)
  })

  test('the same edition twice is a fault, and a faulty catalog does not hide the others', () => {
    inFolder(
      {
        'a.yaml': tea,
        'b.yaml': tea,
        'c.yaml': spoiled('id: tea', 'id: other', spoiled('gives: wait', 'gives: sleep')),
      },
      (folder) => {
        const { library, faults } = loadLibrary([folder])
        expect(faults.map((f) => f.code)).toEqual(['edition-twice', 'no-such-item'])
        expect(library.list().map((e) => e.catalog)).toEqual(['tea'])
      },
    )
  })

  test('links lead to something', () => {
    const link = (item: string): string =>
      spoiled(
        'sources:',
        `lists: [{ id: l, title: { ja: x, en: x }, items: [{ id: i, title: { ja: x, en: x }, links: [{ catalog: tea, item: ${item}, relation: same, provenance: preset }] }] }]\nsources:`,
      )
    inFolder({ 'a.yaml': link('kettle') }, (folder) => expect(loadLibrary([folder]).faults).toEqual([]))
    inFolder({ 'a.yaml': link('ketchup') }, (folder) =>
      expect(loadLibrary([folder]).faults).toMatchObject([{ code: 'link-to-nothing' }]),
    )
  })
})

describe('diff', () => {
  const to = spoiled(
    'weights: { heat: 2 }',
    'weights: { heat: 3 }',
    spoiled('id: pour,', 'id: fill,', spoiled('gives: pour', 'gives: fill', spoiled("edition: '1'", "edition: '2'"))),
  )

  test('lists items added, removed and changed, with the values before and after', () => {
    const diff = diffCatalogs(
      catalogOf(tea),
      catalogOf(spoiled('expect: { outcome: pour,', 'expect: { outcome: fill,', to)),
    )
    expect(diff.header).toEqual([{ path: 'edition', old: '1', new: '2' }])
    expect(diff.added).toEqual([{ part: 'outcomes', id: 'fill' }])
    expect(diff.removed).toEqual([{ part: 'outcomes', id: 'pour' }])
    expect(diff.changed).toEqual([
      { part: 'questions', id: 'kettle', changes: [{ path: 'options.yes.weights.heat', old: 2, new: 3 }] },
      { part: 'tables', id: 'verdict', changes: [{ path: 'rules.hot.gives', old: 'pour', new: 'fill' }] },
      { part: 'cases', id: 'few', changes: [{ path: 'expect.outcome', old: 'pour', new: 'fill' }] },
    ])
  })

  test('prints it for people and as JSON, and says when a catalog cannot be loaded', () => {
    inFolder({ 'a.yaml': tea, 'b.yaml': to }, (folder) => {
      const { out, io } = recorded()
      const paths = { from: join(folder, 'a.yaml'), to: join(folder, 'b.yaml') }
      expect(loadCatalog(paths.to).ok).toBe(true)
      expect(diffCommand(io, { ...paths, json: false })).toBe(0)
      expect(out).toContain('  options.yes.weights.heat: 2 → 3')
      expect(diffCommand(io, { ...paths, json: true })).toBe(0)
      expect(JSON.parse(out.at(-1)!)).toMatchObject({ from: { catalog: 'tea', edition: '1' }, to: { edition: '2' } })
      expect(diffCommand(io, { from: paths.from, to: 'no/such', json: true })).toBe(1)
    })
  })
})
