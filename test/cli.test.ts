import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Io, Language } from '../src/cli/command.ts'
import { commands } from '../src/cli/commands.ts'
import { choose } from '../src/cli/run-command.ts'
import { readCsv } from '#register/spreadsheet/read-csv.ts'
import { ministryCsv } from '#test/imports.ts'
import { type Running, signIn, startServer } from '#test/server.ts'
import { type Ran, tenbin } from '#test/tenbin.ts'

function asked(argv: readonly string[], language: Language = 'ja') {
  const out: string[] = []
  const said: string[] = []
  const io: Io = { out: (text) => void out.push(text), say: (text) => void said.push(text), cwd: '.', language }
  return { chosen: choose(argv, io), out: out.join(''), said: said.join('') }
}

describe('the words of a command', () => {
  it.each(commands.flatMap((c) => (['ja', 'en'] as const).map((language) => [c.name, language] as const)))(
    '%s explains itself in %s, with every option',
    (name, language) => {
      const { chosen, out, said } = asked([...name.split(' '), '--help'], language)
      expect([chosen, said]).toEqual([0, ''])
      const command = commands.find((c) => c.name === name)!
      for (const option of [...Object.keys(command.options), 'json', 'help']) expect(out).toContain(`--${option}`)
      expect(out).toContain(command.words[language])
    },
  )

  it.each(commands.map((c) => c.name))('%s takes --json and refuses an option that it does not know', (name) => {
    const command = commands.find((c) => c.name === name)!
    const needed = [
      ...Array.from({ length: command.takes[0] }, () => 'x'),
      ...(command.requires ?? []).flatMap((option) => [`--${option}`, 'x']),
    ]
    expect(asked([...name.split(' '), ...needed, '--json']).chosen).toMatchObject({ input: { json: true } })
    const wrong = asked([...name.split(' '), ...needed, '--no-such-option'])
    expect(wrong.chosen).toBe(2)
    expect(wrong.out).toBe('')
    expect(wrong.said).toContain('--no-such-option')
  })

  it('list all commands, also as JSON, and a command that is none is wrong use', () => {
    const list = asked(['--help'])
    for (const { name } of commands) expect(list.out).toContain(name)
    const json = JSON.parse(asked(['--help', '--json']).out) as { name: string }[]
    expect(json.map(({ name }) => name)).toEqual(commands.map(({ name }) => name))
    expect(asked(['imprt'])).toMatchObject({ chosen: 2, out: '' })
  })
})

let home: string
let csv: string
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'tenbin-cli-'))
  csv = join(home, 'AI利用一覧.csv')
  writeFileSync(csv, ministryCsv)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** The same words with a server on the data folder and without one must do the same. */
function importsAndExports(run: (words: readonly string[], language?: 'ja' | 'en') => Promise<Ran>) {
  it('import says what became of every row; again it changes nothing; export gives it back', async () => {
    const first = await run(['import', csv, '--profile', 'ministry-sheet', '--json'])
    expect(first.exit).toBe(0)
    expect(first.json()).toMatchObject({
      ok: true,
      already: false,
      encoding: 'utf-8',
      headerRow: 1,
      rows: 4,
      stored: 2,
      rejected: 2,
      rejectedRows: [
        { rowNumber: 4, reasons: [{ code: 'blank-row' }] },
        { rowNumber: 5, reasons: [{ code: 'name-blank' }] },
      ],
    })
    expect(first.said).toMatch(/\d+ \/ 4/)
    const second = await run(['import', csv, '--json'])
    expect(second.json()).toMatchObject({ ok: true, already: true, stored: 2, id: (first.json() as { id: string }).id })
    const out = join(home, 'back.csv')
    rmSync(out, { force: true })
    const exported = await run(['export', '--profile', 'round-trip', '--out', out, '--json'])
    expect(exported.json()).toMatchObject({ ok: true, rows: 5, columns: 5 })
    expect(readCsv(readFileSync(out)).rows.map((row) => row.join(','))).toEqual(ministryCsv.split('\r\n'))
  })

  it('an export that cannot be written writes nothing and says which characters', async () => {
    const odd = join(home, 'odd.csv')
    writeFileSync(odd, 'システム名称,所管部署\n𠮷野の要約,総務課\n')
    await run(['import', odd, '--json'])
    const out = join(home, 'odd-cp932.csv')
    const refused = await run(['export', '--profile', 'register', '--encoding', 'cp932', '--out', out, '--json'])
    expect(refused.exit).toBe(1)
    expect(refused.json()).toMatchObject({ ok: false, code: 'bad-input', params: { reason: 'cannot-hold' } })
    expect(refused.said).toContain('𠮷')
    expect(existsSync(out)).toBe(false)
  })

  it('what is not there is told in the language of the person, with exit code 1, and JSON alone on standard output', async () => {
    const missing = await run(['import', join(home, 'nowhere.csv'), '--json'], 'en')
    expect(missing.exit).toBe(1)
    expect(missing.json()).toMatchObject({ ok: false, code: 'not-found' })
    expect(missing.said).toMatch(/There is no file ".*nowhere\.csv"/)
    const map = await run(['import', csv, '--profile', 'no-such'])
    expect(map).toMatchObject({ exit: 1, out: '' })
    expect(map.said).toContain('ministry-sheet')
    const format = await run(['export', '--profile', 'register', '--out', join(home, 'x.pdf')])
    expect(format).toMatchObject({ exit: 2, out: '' })
  })
}

describe('the command line alone, on an empty data folder', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tenbin-cli-data-'))
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
  importsAndExports((words, language = 'ja') => tenbin(words, { dataDir, language }))

  it('proves catalogs, evaluates answers from standard input and compares, without any database', async () => {
    const nowhere = join(home, 'no-data')
    const check = await tenbin(['catalog', 'check', '--json'], { dataDir: nowhere })
    expect(check.exit).toBe(0)
    expect(check.json()).toMatchObject({ ok: true })
    const input = '{"id":1,"answers":{}}\nnot json\n'
    const evaluated = await tenbin(['catalog', 'evaluate', 'catalogs/ds-920-1.0', '--answers', '-'], {
      dataDir: nowhere,
      input,
    })
    expect(evaluated.exit).toBe(1)
    const lines = evaluated.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines).toMatchObject([
      { line: 1, id: 1 },
      { line: 2, fault: { code: 'not-json' } },
    ])
    const same = await tenbin(['catalog', 'diff', 'catalogs/ds-920-1.0', 'catalogs/ds-920-1.0', '--json'], {
      dataDir: nowhere,
    })
    expect(same.json()).toMatchObject({ header: [], added: [], removed: [], changed: [] })
    expect(existsSync(nowhere)).toBe(false)
  })

  it('puts in the demonstration and removes it again', async () => {
    const loaded = await tenbin(['demo', 'load', '--json'], { dataDir })
    expect(loaded.json()).toMatchObject({ ok: true, counts: { systems: 60 } })
    const twice = await tenbin(['demo', 'load', '--json'], { dataDir })
    expect(twice).toMatchObject({ exit: 1 })
    expect(twice.json()).toMatchObject({ ok: false, code: 'already-exists' })
    const removed = await tenbin(['demo', 'remove', '--json'], { dataDir })
    expect(removed.json()).toMatchObject({ ok: true, founded: null })
  })
})

describe('the command line beside a running server', () => {
  let server: Running
  beforeAll(async () => void (server = await startServer({ args: ['--no-demo'] })))
  afterAll(() => server.stop())
  importsAndExports((words, language = 'ja') => tenbin(words, { dataDir: server.dataDir, language }))

  it('works inside the server: what it imported is there at once', async () => {
    const { get } = await signIn(server.address, 'caio')
    const { items } = (await (await get('/api/v1/imports')).json()) as { items: { fileName: string; state: string }[] }
    expect(items.map(({ fileName, state }) => [fileName, state])).toContainEqual(['AI利用一覧.csv', 'done'])
  })
})
