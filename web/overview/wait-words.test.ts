import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

import { roles } from '#access/model.ts'
import { waitScreens } from '#register/waits.ts'
import { filesBelow } from '#test/rooms.ts'
import { en } from '#web/texts/en.ts'
import { ja } from '#web/texts/ja.ts'

import { waitTexts } from './wait-words.ts'

/** Every file that gives a source of waits; all codes in it are quoted, with a hyphen. */
const sources = filesBelow('src').filter(
  (file) => !file.endsWith('.test.ts') && /: WaitSource\b/.test(readFileSync(file, 'utf8')),
)
const others = new Set<string>([...roles, ...waitScreens, 'proofs-due-on', 'to-consult', 'to-meet', 'change-asked'])
/** Codes look like deeds: what is to be done, what is missing, what is due. */
const code = /'([a-z]+(?:-[a-z]+)*-(?:to-[a-z-]+|due|missing|overdue|running))'/g
const codes = new Set(sources.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(code)].map(([, one]) => one!)))

it('what can wait is worded in both languages, whichever room it waits in', () => {
  expect(sources.length).toBeGreaterThan(4)
  const asked = [...codes].filter((one) => !others.has(one))
  expect(asked.length).toBeGreaterThan(8)
  for (const texts of [ja, en]) {
    const words = Object.assign({}, ...Object.values(waitTexts(texts)).flat()) as Record<string, string>
    expect(asked.filter((one) => words[one] === undefined)).toEqual([])
  }
})
