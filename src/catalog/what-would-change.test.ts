import { describe, expect, it } from 'vitest'

import { compile } from './compile.ts'
import { evaluate } from './evaluate.ts'
import { loadCatalog } from './load-catalog.ts'
import type { Answers } from './model-result.ts'
import { whatWouldChange, type WhatIf } from './what-would-change.ts'

const loaded = loadCatalog('catalogs/ds-920-1.0')
if (!('catalog' in loaded)) throw new Error('catalogs/ds-920-1.0 does not load')
const compiled = compile(loaded.catalog)

const inScope: Answers = { 'text-generative': 'yes', 'sensitive-field': 'no', 'special-secret': 'no' }
const setsTo = (what: WhatIf, outcome: string) =>
  what.changes
    .filter((c) => c.outcome === outcome)
    .map((c) => c.changes.map(({ question, to }) => `${question}=${String(to)}`))

describe('what would change the verdict', () => {
  it('names the smallest sets for each other outcome, also where another outcome is nearer', () => {
    const answers: Answers = {
      ...inScope,
      'users-kind': 'citizens-outside',
      'error-harm': 'limited',
      'confidential-in-training': 'yes',
      'personal-in-training': 'no',
      'human-judgement': 'some',
    }
    const what = whatWouldChange(compiled, answers)
    expect(setsTo(what, 'out-of-scope')).toContainEqual(['sensitive-field=yes'])
    expect(setsTo(what, 'proceed')).toContainEqual(['confidential-in-training=no', 'human-judgement=all'])
    expect(what.complete).toBe(true)
  })

  it('finds the three changes that are needed when every axis is raised', () => {
    const answers: Answers = {
      ...inScope,
      'users-kind': 'citizens-outside',
      'error-harm': 'serious',
      'confidential-in-training': 'yes',
      'personal-in-training': 'yes',
      'human-judgement': 'none',
    }
    const sizes = setsTo(whatWouldChange(compiled, answers), 'proceed').map((set) => set.length)
    expect(new Set(sizes)).toEqual(new Set([3]))
  })

  it('never names a change that does not give the outcome it says', () => {
    const answers: Answers = {
      ...inScope,
      'users-kind': 'several-organisations',
      'error-harm': 'none',
      'human-judgement': 'all',
    }
    for (const { outcome, changes } of whatWouldChange(compiled, answers).changes) {
      const changed = { ...answers, ...Object.fromEntries(changes.map(({ question, to }) => [question, to as string])) }
      expect(evaluate(compiled, changed).outcome).toBe(outcome)
    }
  })

  it('says of an answer that nothing hangs on that it changes nothing alone', () => {
    const answers: Answers = {
      ...inScope,
      'users-kind': 'own-ministry',
      'error-harm': 'none',
      'confidential-in-training': 'no',
      'personal-in-training': 'no',
      'human-judgement': 'all',
    }
    const what = whatWouldChange(compiled, answers)
    expect(what.alone.changesNothing).toContain('human-judgement')
    expect(what.alone.changesNothing).not.toContain('error-harm')
  })

  it('says that it did not try everything when the budget ends', () => {
    expect(whatWouldChange(compiled, inScope, 3).complete).toBe(false)
  })
})
