import { combine, compile, type Rule } from '#user-rules/compile.ts'
import { categories, type Setting } from '#user-rules/settings.ts'

import { atMost, type Row } from './row.ts'

/** A rule of 12 clauses with five settings each. */
function ruleOf(level: 'ministry' | 'system'): Rule {
  const settings = (n: number): Setting[] => [
    { kind: 'personal-data', service: 'any', category: categories[n % 7]!, value: 'mask', provenance: 'own' },
    { kind: 'classification', service: 'contracted', value: 'confidentiality-2', provenance: 'own' },
    { kind: 'hosting', service: 'any', value: ['JP', 'DE'], provenance: 'own' },
    { kind: 'output-checks', value: ['grounds-shown', 'second-source', 'harmful-content'], provenance: 'own' },
    { kind: 'quota-requests', value: 300 + n, provenance: 'own' },
  ]
  const clauses = Array.from({ length: 12 }, (_, n) => {
    return {
      id: `c-${n}`,
      number: n + 1,
      heading: { ja: `第${n + 1}条`, en: `Article ${n + 1}` },
      settings: settings(n),
    }
  })
  return {
    rule: { id: `00000000-0000-7000-8000-00000000000${level.length}`, level },
    number: 1,
    digest: '0'.repeat(64),
    clauses,
  }
}

function middle(work: () => unknown, rounds = 201): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return times.toSorted((a, b) => a - b)[rounds >> 1]!
}

/** Compiling a rule of 60 settings, and putting that of a system on top of it. */
export async function* bench(): AsyncGenerator<Row> {
  const [ministry, system] = [ruleOf('ministry'), ruleOf('system')]
  yield atMost(
    'compile: a rule with 60 settings',
    middle(() => compile(ministry)),
    5,
    'ms',
  )
  yield atMost(
    'compile: ministry and system, 60 settings each',
    middle(() => combine(compile(ministry), compile(system))),
    5,
    'ms',
  )
}
