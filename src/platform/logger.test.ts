import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { logger, tellError } from './logger.ts'

const now = () => new Date('2026-11-21T13:14:15.000Z')
function written(format: 'json' | 'line', level: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'info') {
  const lines: string[] = []
  return { lines, log: logger({ level, format, now }, (line) => lines.push(line)) }
}

describe('a line of the log', () => {
  it('is one JSON object with time, level, event and fields', () => {
    const { log, lines } = written('json')
    log.warn('request', { route: '/api/v1/uses/:id', status: 403, gone: undefined, ms: 1.5 })
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        at: '2026-11-21T13:14:15.000Z',
        level: 'warn',
        event: 'request',
        route: '/api/v1/uses/:id',
        status: 403,
        ms: 1.5,
      },
    ])
  })

  it('for a person at a terminal is one readable line', () => {
    const { log, lines } = written('line')
    log.error('bug', { places: ['f@src/a.ts:1:2', 'g@src/b.ts:3:4'] })
    expect(lines).toEqual(['13:14:15 ✗ bug places=f@src/a.ts:1:2 < g@src/b.ts:3:4'])
  })

  it('below the level is not written', () => {
    const { log, lines } = written('json', 'warn')
    log.debug('a')
    log.info('b')
    log.warn('c')
    log.error('d')
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(['c', 'd'])
    const silent = written('json', 'silent')
    silent.log.error('e')
    expect(silent.lines).toEqual([])
  })

  it('never holds a text with a space, a line end, a quote or a letter beyond ASCII, whatever is handed in', () => {
    const texts = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('山田太郎', 'a b', 'x\ny', '"', '?q=x'))
    fc.assert(
      fc.property(texts, (text) => {
        const [json, line] = [written('json'), written('line')]
        json.log.info('request', { text, list: [text] })
        line.log.info('request', { text })
        expect([...json.lines, ...line.lines].filter((one) => /[\n\r]/.test(one))).toEqual([])
        if (!/[^\x21-\x7e]|["?%&=;']/.test(text)) return
        expect(JSON.parse(json.lines[0]!)).toMatchObject({ text: '(withheld)', list: ['(withheld)'] })
        expect(line.lines).toEqual(['13:14:15   request text=(withheld)'])
      }),
    )
  })
})

describe('what is told of an error', () => {
  it('is its kind, codes and places in the source, never its message', () => {
    const error = Object.assign(new TypeError('Key (name)=(山田太郎) exists\n    at 山田 (x)'), {
      code: '23505',
      constraint: 'person_name',
      cause: Object.assign(new Error('山田'), { code: 'ECONNREFUSED' }),
    })
    const told = tellError(error)
    expect(told).toMatchObject({
      error: 'TypeError',
      code: '23505',
      constraint: 'person_name',
      cause: 'Error:ECONNREFUSED',
    })
    expect((told['places'] as string[])[0]).toMatch(/src\/platform\/logger\.test\.ts:\d+:\d+$/)
    const { log, lines } = written('json')
    log.error('bug', told)
    expect(lines.join()).not.toContain('山田')
  })
})
