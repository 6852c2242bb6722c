import * as fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { decodeText, detectEncoding } from './decode-text.ts'

const words = [
  '生成AIの調達',
  '会議録を要約する',
  '窓口の応対',
  'システム',
  '所管部署',
  '令和８年度',
  'ﾃｽﾄ',
  '利用者',
  '目的・概要',
  '確認',
]
const sheet = fc
  .array(
    fc.array(fc.oneof(fc.constantFrom(...words), fc.constantFrom('AI-001', '2026/4/1', '')), {
      minLength: 3,
      maxLength: 3,
    }),
    { minLength: 3 },
  )
  .map((rows) => ['番号,システム名称,所管部署', ...rows.map((row) => row.join(','))].join('\r\n'))

test('a Japanese sheet is found to be CP932 or UTF-8, whichever it is', () => {
  fc.assert(
    fc.property(sheet, (text) => {
      expect(detectEncoding(iconv.encode(text, 'cp932'))[0].encoding).toBe('cp932')
      expect(detectEncoding(new TextEncoder().encode(text))[0]).toMatchObject({
        encoding: 'utf-8',
        confidence: 'certain',
      })
    }),
  )
})

test('a UTF-8 sheet with one damaged byte is still UTF-8, and is told to have one bad place', () => {
  fc.assert(
    fc.property(sheet, fc.nat(), (text, at) => {
      const bytes = new TextEncoder().encode(text)
      const wide = bytes.findIndex((b, i) => i >= at % bytes.length && b >= 0xe3)
      if (wide < 0) return
      bytes[wide] = 0xff
      expect(detectEncoding(bytes)[0]).toMatchObject({ encoding: 'utf-8', confidence: 'likely', invalid: 1 })
    }),
  )
})

test('what is decoded from CP932 is what was written, with nothing replaced', () => {
  fc.assert(
    fc.property(sheet, (text) => {
      expect(decodeText(iconv.encode(text, 'cp932'), 'cp932')).toEqual({ text, invalid: 0, places: [] })
    }),
  )
})

test('Western text with single accents and quotes is Windows-1252, and other readings are offered', () => {
  const bytes = iconv.encode('Name,Note\r\nCafé,It’s “new” – naïve\r\n', 'windows-1252')
  const [first, ...others] = detectEncoding(bytes)
  expect(first).toMatchObject({ encoding: 'windows-1252', confidence: 'likely' })
  expect(first.sample[0]).toContain('Café')
  expect(others.map((candidate) => candidate.encoding)).toContain('utf-8')
})

test('a byte order mark decides, and only the mark itself is taken away', () => {
  const bytes = new TextEncoder().encode('\ufeff\ufeff名称')
  expect(detectEncoding(bytes)[0]).toMatchObject({ encoding: 'utf-8-bom', confidence: 'certain' })
  expect(decodeText(bytes, 'utf-8-bom').text).toBe('\ufeff名称')
})

test('the sample shows the first Japanese characters, in every encoding that is offered', () => {
  const bytes = iconv.encode('id,name\r\n1,plain\r\n2,生成AIの調達\r\n', 'cp932')
  expect(detectEncoding(bytes)[0].sample[0]).toBe('2,生成AIの調達')
})

test('a place of invalid bytes has its line, its offset and the bytes', () => {
  const bytes = Buffer.concat([Buffer.from('a\nbc\n'), Buffer.from([0x62, 0xff, 0xfe, 0x0a])])
  expect(() => decodeText(bytes, 'utf-8')).toThrow(
    expect.objectContaining({
      params: {
        fault: 'invalid-bytes',
        encoding: 'utf-8',
        count: 1,
        places: [{ line: 3, offset: 6, bytes: 'fffe0a' }],
      },
    }),
  )
})

test('the sample never begins in the middle of a character, however long the line', () => {
  const line = '番号,システム名称,所管部署,目的・概要,個人情報の有無'
  for (const encoding of ['cp932', 'euc-jp'] as const) {
    const best = detectEncoding(iconv.encode(`${line}\r\n1,要約,総務課,短くする,なし\r\n`, encoding))[0]
    expect(best.encoding).toBe(encoding)
    expect(best.sample.length).toBeGreaterThan(0)
    for (const sample of best.sample) expect(`${line}\n1,要約,総務課,短くする,なし`).toContain(sample)
  }
})
