import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { fieldIds, fieldOf, type FieldId, stages } from '#register/fields.ts'
import { type Fact, factSchema, type Facts, storedFacts, verdicts } from '#register/model.ts'
import { checkUseNames, endsTooEarly } from '#register/model-checks.ts'
import { diffFacts, replaceFacts, sameFact, staleFacts } from '#register/model-facts.ts'
import { strictest, verdictOrder } from '#register/model-verdict.ts'
import { allowedSteps, dateReasons, step, workflow } from '#register/workflow.ts'

const text = fc.string({ minLength: 1, maxLength: 20 }).filter((s) => s.trim() === s && s !== '')

/** Any fact that the field may hold. */
function factFor(id: FieldId): fc.Arbitrary<Fact> {
  const { kind, codes = [] } = fieldOf(id)
  const value: fc.Arbitrary<string | number | string[]> =
    kind === 'number'
      ? fc.integer({ min: 0, max: 1e9 })
      : kind === 'date'
        ? fc.constantFrom('2026', '2026-04', '2026-04-01')
        : kind === 'supplier'
          ? fc.uuid()
          : kind === 'models'
            ? fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 3 })
            : kind === 'code'
              ? fc.constantFrom(...codes)
              : kind === 'codes'
                ? fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1 })
                : text
  const absent: fc.Arbitrary<Fact> = fc.constantFrom(
    { absent: 'unknown' },
    { absent: 'not-applicable' },
    { absent: 'withheld' },
    { absent: 'waived', by: '統括責任者', why: '試行のため' },
  )
  return fc.oneof({ weight: 3, arbitrary: value.map((v): Fact => ({ value: v })) }, { weight: 1, arbitrary: absent })
}
export const anyFacts = (scope: 'system' | 'use'): fc.Arbitrary<Facts> =>
  fc.record(Object.fromEntries(fieldIds.filter((id) => fieldOf(id).scope === scope).map((id) => [id, factFor(id)])), {
    requiredKeys: [],
  })

describe('facts', () => {
  it('come back from JSON and the schema as they were', () => {
    fc.assert(
      fc.property(anyFacts('system'), (facts) => {
        for (const [id, fact] of Object.entries(JSON.parse(JSON.stringify(facts)) as Facts))
          expect(factSchema(id as FieldId).parse(fact)).toEqual(facts[id as FieldId])
      }),
    )
  })

  it('differ by exactly what leads from one to the other', () => {
    fc.assert(
      fc.property(anyFacts('use'), anyFacts('use'), (before, after) => {
        const changes = diffFacts('use', before, after)
        const applied = replaceFacts(before, Object.fromEntries(changes.map((c) => [c.field, c.to])))
        expect(applied).toEqual(storedFacts(after))
        expect(diffFacts('use', after, after)).toEqual([])
      }),
    )
  })

  it('say the same whatever the order of several codes and whatever note stands beside an absence', () => {
    expect(sameFact({ value: ['a', 'b'] }, { value: ['b', 'a'] })).toBe(true)
    expect(sameFact({ absent: 'unknown' }, { absent: 'unknown', note: '照会中' })).toBe(true)
    expect(sameFact({ absent: 'unknown' }, { absent: 'withheld' })).toBe(false)
    expect(sameFact({ absent: 'unanswered' }, { value: 'no' })).toBe(false)
  })
})

describe('a verdict', () => {
  it('is stale exactly while a fact it rests on says something else, since the day it began', () => {
    const restsOn: Facts = { 'human-judgement': { value: 'all' }, 'error-harm': { value: 'none' } }
    const moved: Facts = { ...restsOn, 'human-judgement': { value: 'some' } }
    const first = staleFacts(restsOn, moved, [], '2026-11-20T00:00:00Z')
    expect(first).toEqual([{ field: 'human-judgement', at: '2026-11-20T00:00:00Z' }])
    const later = staleFacts(restsOn, { ...moved, 'human-judgement': { value: 'none' } }, first, '2026-11-21T00:00:00Z')
    expect(later).toEqual(first)
    expect(staleFacts(restsOn, restsOn, first, '2026-11-22T00:00:00Z')).toEqual([])
  })

  it('is stale when a fact is taken away, and not when one it does not rest on changes', () => {
    const restsOn: Facts = { 'error-harm': { value: 'none' } }
    expect(staleFacts(restsOn, {}, [], 'now').map((s) => s.field)).toEqual(['error-harm'])
    expect(staleFacts(restsOn, { ...restsOn, 'human-judgement': { value: 'none' } }, [], 'now')).toEqual([])
  })

  it('of a system is never milder than one of its uses, and one more use never makes it milder', () => {
    const order = (v: (typeof verdicts)[number]) => verdictOrder.indexOf(v)
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...verdicts), { minLength: 1 }),
        fc.constantFrom(...verdicts),
        (all, more) => {
          for (const v of all) expect(order(strictest(all))).toBeLessThanOrEqual(order(v))
          expect(order(strictest([...all, more]))).toBeLessThanOrEqual(order(strictest(all)))
        },
      ),
    )
  })

  it('of a system never reads "proceed" while one of its uses has not been weighed', () => {
    expect(strictest(['proceed', 'not-reported'])).toBe('not-reported')
    expect(strictest(['proceed', 'not-reported', 'consult-board'])).toBe('consult-board')
    expect(new Set(verdictOrder)).toEqual(new Set(verdicts))
  })
})

describe('the table of steps', () => {
  const situation = (stage: string | undefined, facts: Facts = {}, verdict: (typeof verdicts)[number] = 'proceed') => ({
    facts: { ...facts, ...(stage === undefined ? {} : { stage: { value: stage } }) },
    uses: [{ id: 'u', verdict, stale: false }],
  })

  it('leads from every stage to every other in some number of steps', () => {
    for (const from of stages) {
      const reached = new Set<string>([from])
      for (let size = 0; size < reached.size;) {
        size = reached.size
        for (const stage of Array.from(reached))
          for (const to of Object.keys(workflow[stage as keyof typeof workflow])) reached.add(to)
      }
      expect([from, reached.size]).toEqual([from, stages.length])
    }
  })

  it('opens exactly the steps that `step` allows once a reason is given', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...stages),
        fc.constantFrom(...verdicts),
        anyFacts('system'),
        (stage, verdict, facts) => {
          const now = situation(stage, facts, verdict)
          for (const { to, open } of allowedSteps(now)) expect(step(now, to, { reason: '見直し' }).ok).toBe(open)
        },
      ),
    )
  })

  it('lets a ready-made service or a feature that arrived by an update skip what is not built', () => {
    for (const kind of ['ready-made-service', 'feature-by-update'])
      expect(step(situation('planning', { 'service-kind': { value: kind } }), 'operation').ok).toBe(true)
    for (const fact of [{ value: 'made-to-order' }, { absent: 'unknown' } as const]) {
      const refused = step(situation('planning', { 'service-kind': fact }), 'operation')
      expect(refused).toMatchObject({ ok: false, reasons: [{ code: 'service-kind' }] })
    }
  })

  it('names the stages that are open from here when the step is not in the table', () => {
    expect(step(situation('idea'), 'operation')).toEqual({
      ok: false,
      reasons: [{ code: 'wrong-state', params: { from: 'idea', allowed: ['planning', 'retired'] } }],
    })
  })

  it('lets a stage that was never reported be reported as any', () => {
    for (const to of stages) expect(step(situation(undefined), to).ok).toBe(true)
  })

  it('dates a step not in the future and not before the stage it leaves', () => {
    const facts: Facts = { stage: { value: 'planning' }, 'planning-since': { value: '2026-05' } }
    expect(dateReasons(facts, '2026-05-01', '2026-11-21')).toEqual([])
    expect(dateReasons(facts, '2026-04-30', '2026-11-21').map((r) => r.code)).toEqual(['before-last-step'])
    expect(dateReasons(facts, '2026-11-22', '2026-11-21').map((r) => r.code)).toEqual(['in-future'])
  })
})

describe('what facts must hold together', () => {
  it('compares dates as far as both are known', () => {
    expect(endsTooEarly('2026-04-01', '2026-04-01')).toBe(true)
    expect(endsTooEarly('2026-04-01', '2026-04-02')).toBe(false)
    expect(endsTooEarly('2026-04-01', '2026-03')).toBe(true)
    expect(endsTooEarly('2026-04-01', '2026')).toBe(false)
    expect(endsTooEarly('2026', '2025')).toBe(true)
    expect(endsTooEarly('', '2025')).toBe(false)
  })

  it('asks for names that differ where a system has several uses', () => {
    const use = (name?: string) => ({ facts: name === undefined ? {} : { 'use-name': { value: name } } })
    expect(checkUseNames([use()])).toEqual([])
    expect(checkUseNames([use('要約'), use()]).map((i) => i.keyword)).toEqual(['use-name-needed'])
    expect(checkUseNames([use('要約'), use('要約')]).map((i) => i.path)).toEqual(['/uses/1/facts/use-name'])
    expect(checkUseNames([]).map((i) => i.path)).toEqual(['/uses'])
  })
})
