import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

import { roleChangeSchema } from '#access/people/api.ts'
import { entryTypes } from '#consultation/desk/model.ts'
import { eventTypes } from '#consultation/reports/model.ts'
import { itemKinds } from '#evidence/model.ts'
import { changeKinds } from '#register/api.ts'
import { filesBelow } from '#test/rooms.ts'
import { ruleEventTypes } from '#user-rules/model.ts'
import { access as en } from '#web/texts/en/access.ts'
import { access as ja } from '#web/texts/ja/access.ts'

const source = (file: string) => readFileSync(file, 'utf8')
const found = (file: string, pattern: RegExp) => [...source(file).matchAll(pattern)].map((match) => match[1]!)
const below = (head: string, tails: readonly string[]) => tails.map((tail) => `${head}.${tail}`)

/** Of an expression that is more than quoted codes: all that it can be. */
const spelled: Readonly<Record<string, (file: string) => readonly string[]>> = {
  '`system.${kind}`': () => below('system', changeKinds),
  '`system.${edit.kind}`': () => below('system', changeKinds),
  '`role.${kind}`': () => below('role', roleChangeSchema.shape.kind.options),
  '`import.${state}`': (file) => {
    const [chosen = ''] = found(file, /const state = error instanceof \w+ \? (.+)/g)
    return below('import', quoted(chosen))
  },
  '`job.${decision}`': (file) => below('job', quoted(found(file, /readonly decision: (.+) }/g)[0] ?? '')),
  '`webhook.${deed}`': (file) => below('webhook', found(file, /\btell\(t, '([a-z-]+)'/g)),
  '`consultation.${type}`': () => below('consultation', entryTypes),
  '`report.${type}`': () => below('report', eventTypes),
  '`tender.${deed.type}`': () =>
    below(
      'tender',
      filesBelow('src/procurement/tenders').flatMap((file) =>
        [...source(file).matchAll(/tellTender\([^{]*\{\s*type: ([^,\n]+),?/g)].flatMap((match) =>
          quoted(match[1]!.replace(/^.*\?/, '')),
        ),
      ),
    ),
  '`condition.${type}`': (file) => below('condition', found(file, /\btype: '([a-z-]+)' },/g)),
  '`user-rule.${type}`': () => below('user-rule', ruleEventTypes),
  // Handed to a function of the same file, which appends it.
  type: (file) => found(file, /'([a-z-]+\.[a-z-]+)'/g),
  itemKind: () => itemKinds,
  'item.kind': () => itemKinds,
  'input.item.kind': () => itemKinds,
  'input.itemKind': () => itemKinds,
}

const quoted = (expression: string) => [...expression.matchAll(/'([^']+)'/g)].map((match) => match[1]!)

function valuesOf(file: string, expression: string): readonly string[] {
  const codes = spelled[expression]?.(file) ?? quoted(expression)
  if (codes.length === 0) throw new Error(`${file}: what can ${expression} be?`)
  return codes
}

/** An entry of the log as the server writes it: `type` and, right after it, `itemKind`. */
const entry = /(?<!const {.*)\btype(?:: ((?!z\.)[^,\n]+))?,\s*itemKind(?:: ([^,\n}]+))?[,\s}]/g
const entries = filesBelow('src')
  .filter((file) => !file.endsWith('.test.ts'))
  .flatMap((file) =>
    [...source(file).matchAll(entry)].map(([, type = 'type', itemKind = 'itemKind']) => ({
      types: valuesOf(file, type),
      kinds: valuesOf(file, itemKind),
    })),
  )
const types = new Set(entries.flatMap((one) => one.types))
const kinds = new Set(entries.flatMap((one) => one.kinds))

it('both languages have words for every operation that the server tells the log of', () => {
  expect(types.size).toBeGreaterThan(60)
  for (const texts of [ja, en]) expect([...types].filter((type) => texts.entries[type] === undefined)).toEqual([])
})

it('both languages have words for every kind of item that the server tells the log of', () => {
  expect(kinds.size).toBeGreaterThan(20)
  for (const { log } of [ja, en]) expect([...kinds].filter((kind) => log.items[kind] === undefined)).toEqual([])
})

it('no operation is worded that the server cannot append', () => {
  expect(Object.keys(ja.entries).filter((type) => !types.has(type))).toEqual([])
})
