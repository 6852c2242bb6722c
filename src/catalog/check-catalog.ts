import type { Catalog } from './model.ts'
import type { Problem } from './faults.ts'
import { proveReachability } from './prove-reachability.ts'
import { proveSources } from './prove-sources.ts'
import { runCases } from './run-cases.ts'
import { uncoveredRules } from './take-out-rules.ts'

export { uncoveredRules } from './take-out-rules.ts'

/** What is certainly wrong, and what a person should know: proofs cut short by the budget, rules that no case covers. */
export type Check = { faults: Problem[]; notes: Problem[] }

/**
 * Proves a loaded catalog: cases come out as expected; each item has a provenance and what is official a source; every
 * question, rule, band and outcome can be reached; no table, level or branch ends without a result.
 * @param options  `released`: rules that no case covers are faults; of an edition in the making they are notes
 */
export function proveCatalog(catalog: Catalog, { released = false } = {}): Check {
  const reachability = proveReachability(catalog)
  const rules = uncoveredRules(catalog)
  const uncovered = rules
    .filter((rule) => !rule.untried)
    .map(({ path, what }): Problem => ({ path, code: 'uncovered-rule', params: { what } }))
  const untried = rules
    .filter((rule) => rule.untried)
    .map(({ path, what }): Problem => ({ path, code: 'not-settled', params: { rule: what, what: 'uncovered-rule' } }))
  return {
    faults: [...caseFaults(catalog), ...proveSources(catalog), ...reachability.faults, ...(released ? uncovered : [])],
    notes: [...oneLanguage(catalog), ...reachability.notes, ...(released ? [] : uncovered), ...untried],
  }
}

/** A foreign catalog may have one language; a person should know. */
function oneLanguage({ languages }: Catalog): Problem[] {
  return languages.length > 1
    ? []
    : [{ path: ['languages'], code: 'one-language-only', params: { language: languages[0] } }]
}

/** The faults alone; an empty list is a proof. */
export function checkCatalog(catalog: Catalog, options: { released?: boolean } = {}): Problem[] {
  return proveCatalog(catalog, options).faults
}

function caseFaults(catalog: Catalog): Problem[] {
  return runCases(catalog).flatMap(({ example, index, differences, faults }) => [
    ...faults.map((f): Problem => ({
      path: ['cases', index, 'answers', f.question],
      code: 'case-answer-fault',
      params: { case: example.id, question: f.question, answerFault: f.code, ...f.params },
    })),
    ...differences.map((d): Problem => ({
      path: ['cases', index, 'expect', ...d.what.split(/\.(.*)/s).filter(Boolean)],
      code: 'case-fails',
      params: { case: example.id, ...d },
    })),
  ])
}
