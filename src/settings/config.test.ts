import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { filesBelow } from '#test/rooms.ts'

import { readConfig, settingNames } from './config.ts'

const guide = (language: 'ja' | 'en') =>
  [
    ...readdirSync(`docs/${language}`).map((file) => `docs/${language}/${file}`),
    language === 'ja' ? 'README.ja.md' : 'README.md',
  ]
    .filter((file) => file.endsWith('.md'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')

/** Set by npm, not by a person. */
const ofNpm = new Set(['npm_lifecycle_event', 'INIT_CWD'])

describe('a setting', () => {
  it.each(['ja', 'en'] as const)('is described in the guide, %s', (language) => {
    const text = guide(language)
    expect(settingNames.length).toBeGreaterThan(15)
    expect(settingNames.filter((name) => !ofNpm.has(name) && !text.includes(name))).toEqual([])
  })

  it('that cannot be read is named, and its value shown unless it is a secret', () => {
    expect(() => readConfig({ PORT: 'x' })).toThrow(
      expect.objectContaining({ params: { reason: 'setting', setting: 'PORT', value: 'x' } }),
    )
  })

  it('is read in one place only', () => {
    const readers = filesBelow('src').filter(
      (file) => !/\.test\./.test(file) && /process\.env\b/.test(readFileSync(file, 'utf8')),
    )
    expect(readers.filter((file) => !/^src\/(settings\/config\.ts|cli\/)/.test(file))).toEqual([])
  })
})
