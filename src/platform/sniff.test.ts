import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { loadEvidenceRules } from '#evidence/load-rules.ts'
import { docx, odt, ole, pdf, png, program, zipOf } from '#test/office-files.ts'

import { checkZip } from './check-zip.ts'
import { fromRoot } from './root.ts'
import { scanner } from './scan.ts'
import { sniff } from './sniff.ts'

let home: string
beforeAll(() => void (home = mkdtempSync(join(tmpdir(), 'tenbin-sniff-'))))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const rules = loadEvidenceRules(fromRoot('keeping/evidence.yaml'))
function on(name: string, content: Uint8Array | string) {
  const path = join(home, randomBytes(6).toString('hex'))
  writeFileSync(path, content)
  return sniff({ path, name, bytes: Buffer.byteLength(content) }, rules)
}

describe('a file is what its name says', () => {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('項目,値\n要約,1\n', 'utf16le')])
  const cp932 = Buffer.from('8d8096da2c926c0a', 'hex')
  it.each<[string, Uint8Array | string, string]>([
    ['契約書.pdf', pdf(), 'application/pdf'],
    ['仕様.docx', docx(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['仕様.odt', odt(), 'application/vnd.oasis.opendocument.text'],
    ['古い.doc', ole(), 'application/msword'],
    ['一太郎.jtd', ole(), 'application/x-js-taro'],
    ['画面.PNG', png(), 'image/png'],
    ['一覧.csv', '項目,値\n要約,1\n', 'text/csv'],
    ['一覧.csv', utf16, 'text/csv'],
    ['一覧.csv', cp932, 'text/csv'],
    ['記録.json', '{"a":1}', 'application/json'],
    ['議事.txt', '結果は <3 日以内に', 'text/plain'],
  ])('%s', async (name, content, mediaType) => {
    expect(await on(name, content)).toEqual({ ok: true, mediaType })
  })
})

describe('a file that lies about what it is is refused by name', () => {
  it.each<[string, Uint8Array | string, string]>([
    ['契約書.pdf', program(), 'exe'],
    ['契約書.pdf', Buffer.from('\x7fELF\x02\x01\x01\x00', 'latin1'), 'elf'],
    ['契約書.pdf', docx(), 'docx'],
    ['仕様.docx', zipOf([['readme.txt', 'x']]), 'zip'],
    ['仕様.docx', ole(), 'ole'],
    ['画面.png', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'svg'],
    ['議事.txt', '<!doctype html><title>x</title>', 'html'],
    ['議事.txt', '\ufeff  <ScRiPt>alert(1)</ScRiPt>', 'html'],
    ['議事.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<html><body>', 'utf16le')]), 'html'],
    ['記録.log', '#!/bin/sh\nrm -rf /\n', 'script'],
    ['一覧.csv', randomBytes(20_000), 'binary'],
  ])('%s', async (name, content, found) => {
    expect(await on(name, content)).toMatchObject({ ok: false, reason: { code: 'not-what-name-says', found } })
  })

  it.each(['index.html', 'run.exe', 'a.pdf.js', 'picture.svg', 'noending', 'macro.docm', 'x.zip', 'a.htm'])(
    '%s has an ending that is not allowed, and the allowed ones are named',
    async (name) => {
      const judged = await on(name, pdf())
      expect(judged).toMatchObject({ ok: false, reason: { code: 'type-not-allowed' } })
      expect(judged).toHaveProperty('reason.allowed', expect.arrayContaining(['pdf', 'docx']))
    },
  )

  it('an empty file is no evidence', async () => {
    expect(await on('x.txt', '')).toEqual({ ok: false, reason: { code: 'empty' } })
  })

  it('macros and encryption are refused in new and old office files', async () => {
    expect(await on('x.docx', docx(['word/vbaProject.bin', 'x']))).toMatchObject({ reason: { code: 'macros' } })
    expect(await on('x.doc', ole('_VBA_PROJECT'))).toMatchObject({ reason: { code: 'macros' } })
    expect(await on('x.doc', ole('EncryptedPackage'))).toMatchObject({ reason: { code: 'encrypted' } })
    const locked = docx()
    // Bit 0 of the flags in the directory says that a part is encrypted (APPNOTE 4.4.4).
    locked.writeUInt16LE(1, locked.indexOf('PK\x01\x02', 0, 'latin1') + 8)
    expect(await on('x.docx', locked)).toMatchObject({ reason: { code: 'encrypted' } })
  })
})

describe('a file that unpacks into more than it says is refused before anybody opens it', () => {
  const zeros = Buffer.alloc(30 * 1024 * 1024)
  it('by what its directory declares', async () => {
    expect(await on('bomb.docx', docx(['word/media/a.bin', zeros]))).toMatchObject({
      ok: false,
      reason: { code: 'zip-bomb', measure: 'ratio' },
    })
  })
  it('by what comes out, where its directory lies', async () => {
    const liar = await on('bomb.docx', docx(['word/media/a.bin', zeros, 100]))
    expect(liar).toMatchObject({ ok: false })
    expect(['zip-bomb', 'broken']).toContain(liar.ok ? '' : liar.reason.code)
  })
  it('by the number of its parts and the sum of their bytes', async () => {
    const path = join(home, 'many.zip')
    const content = zipOf(Array.from({ length: 20 }, (_, n) => [`p${n}`, randomBytes(1000)] as const))
    writeFileSync(path, content)
    const tight = { parts: 10, unpackedBytes: 1e9, unpackedPerPacked: 200, ratioFromBytes: 1e7 }
    expect(await checkZip(path, content.length, tight)).toMatchObject({ code: 'zip-bomb', measure: 'parts', found: 20 })
    const small = { ...tight, parts: 100, unpackedBytes: 15_000 }
    expect(await checkZip(path, content.length, small)).toMatchObject({ code: 'zip-bomb', measure: 'unpacked' })
    expect(await checkZip(path, content.length, { ...tight, parts: 100 })).toMatchObject({ ok: true })
  })
  it('a directory that is no directory is broken', async () => {
    expect(await on('x.docx', 'PK\x03\x04 and nothing more')).toMatchObject({ reason: { code: 'broken' } })
  })
})

describe('a scanner is believed by its exit code alone', () => {
  const scan = (script: string, timeoutMs = 5000) =>
    scanner({ command: ['node', '-e', script, '--'], timeoutMs })(join(home, 'x'))
  it('0 is clean, 1 is found, and it is given the path', async () => {
    expect(await scan('process.exit(0)')).toBe('clean')
    expect(await scan('process.exit(1)')).toBe('found')
    expect(await scan(`process.exit(process.argv.at(-1) === ${JSON.stringify(join(home, 'x'))} ? 1 : 0)`)).toBe('found')
  })
  it.each([
    ['another exit code', 'process.exit(2)', { exit: 2 }],
    ['a signal', 'process.kill(process.pid, "SIGTERM")', { signal: 'SIGTERM' }],
  ])('%s means that it was not scanned', async (_name, script, params) => {
    await expect(scan(script)).rejects.toMatchObject({
      code: 'unavailable',
      params: { reason: 'scan-failed', ...params },
    })
  })
  it('a scanner that does not end in time, or is not there, has not scanned', async () => {
    await expect(scan('setTimeout(() => {}, 60000)', 300)).rejects.toMatchObject({ params: { reason: 'scan-failed' } })
    await expect(scanner({ command: ['/no/such/scanner'], timeoutMs: 100 })('x')).rejects.toMatchObject({
      params: { reason: 'scan-failed', code: 'ENOENT' },
    })
  })
})
