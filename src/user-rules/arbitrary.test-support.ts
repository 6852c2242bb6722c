import fc from 'fast-check'

import type { Rule } from './compile.ts'
import type { Level } from './model.ts'
import { categories, outputChecks, services, type Setting, settingKinds, settingSchema } from './settings.ts'

const words = fc.record({ ja: fc.constantFrom('送りませんでした。', ''), en: fc.constantFrom('Not sent.', '') })
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })
const service = fc.constantFrom('any', ...services)
const code = fc.constantFrom('drafting', 'translation', 'research', 'coding')
const codes = fc.uniqueArray(code, { maxLength: 4 })
const named = fc.record({
  ja: fc.constantFrom('甲', '乙'),
  en: fc.constantFrom('A', 'B'),
  terms: maybe(fc.uniqueArray(fc.constantFrom('x', 'y'))),
})

const shapes = fc.oneof(
  fc.record({ kind: fc.constant('purposes'), value: codes, names: fc.dictionary(code, named) }),
  fc.record({
    kind: fc.constant('classification'),
    service,
    value: fc.constantFrom(...settingKinds.classification.order),
  }),
  fc
    .record({
      kind: fc.constant('personal-data'),
      service,
      category: fc.constantFrom(...categories),
      value: fc.constantFrom(...settingKinds['personal-data'].order),
    })
    .map((s) => (s.category === 'my-number' ? { ...s, value: 'refuse' } : s)),
  fc.record({ kind: fc.constant('hosting'), service, value: fc.uniqueArray(fc.constantFrom('JP', 'US', 'DE')) }),
  fc.record({ kind: fc.constant('subjects'), value: codes, names: fc.dictionary(code, named) }),
  fc.record({
    kind: fc.constant('output-checks'),
    value: fc.uniqueArray(fc.constantFrom(...Object.keys(outputChecks))),
  }),
  fc.record({ kind: fc.constant('retention'), service, value: fc.integer({ min: 0, max: 400 }) }),
  fc.record({ kind: fc.constant('logging'), value: fc.constantFrom(...settingKinds.logging.order) }),
  fc.record({ kind: fc.constantFrom('quota-requests', 'quota-characters'), value: fc.integer({ min: 0, max: 1000 }) }),
)

/** Any setting that the schema lets in. */
export const arbitrarySetting: fc.Arbitrary<Setting> = fc
  .record({ shape: shapes, refusal: maybe(words) })
  .map(({ shape, refusal }) => settingSchema.parse(JSON.parse(JSON.stringify({ ...shape, refusal }))))

/** Any rule. @param nth of its level, so that two have ids of their own */
export const arbitraryRule = (level: Level, nth = 1): fc.Arbitrary<Rule> =>
  fc
    .array(fc.record({ gone: fc.boolean(), settings: fc.array(arbitrarySetting, { maxLength: 6 }) }), { maxLength: 6 })
    .map((clauses) => ({
      rule: { id: `00000000-0000-7000-8000-0000000000${level === 'ministry' ? '0' : '1'}${nth}`, level },
      number: 1,
      digest: '0'.repeat(64),
      clauses: clauses.map(({ gone, settings }, n) => {
        return {
          id: `c-${n}`,
          number: gone ? null : n + 1,
          heading: { ja: `見出し${n}`, en: `Heading ${n}` },
          settings,
        }
      }),
    }))
