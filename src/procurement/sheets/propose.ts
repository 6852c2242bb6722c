import { evaluate } from '#catalog/evaluate.ts'
import type { Rule } from '#catalog/model.ts'
import type { Answers, Result } from '#catalog/model-result.ts'

import { type Guide, type GuideItem, wordsOf } from './guide.ts'
import type { Proposal } from './model.ts'

/**
 * What the rules propose for each item, from the answers of each use of a system. An item is included when some use needs
 * it, left out when none can, and undecided while unknown answers could still include it. Every item of the guide is in
 * the result exactly once, and none without a ground.
 * @param uses answers per use; without any, nothing is known
 */
export function propose(guide: Guide, uses: readonly Answers[]): Map<string, Proposal> {
  const results = (uses.length > 0 ? uses : [{}]).map((answers) => evaluate(guide.compiled, answers))
  return new Map(guide.items.map((item) => [item.item, proposalFor(guide, item, results)]))
}

function proposalFor(guide: Guide, item: GuideItem, results: readonly Result[]): Proposal {
  const rulesOf = (rules: (result: Result) => readonly { readonly rule: string; readonly gives: string }[]): Rule[] => {
    const ids = new Set(
      results.flatMap((r) =>
        rules(r)
          .filter((f) => f.gives === item.item)
          .map((f) => f.rule),
      ),
    )
    return [...guide.rules.values()].filter((rule) => ids.has(rule.id))
  }
  const fired = rulesOf((r) => r.fired)
  if (fired.length > 0) return { says: 'include', reasons: fired.map((rule) => reasonOf(guide, rule)), questions: [] }
  const open = rulesOf((r) => r.mayFire)
  if (open.length === 0) {
    const preset = { ja: 'preset', en: 'preset' } as const
    return { says: 'leave-out', reasons: [{ rule: 'left-out', text: item.leftOut, provenance: preset }], questions: [] }
  }
  return {
    says: 'undecided',
    reasons: open.map((rule) => reasonOf(guide, rule)),
    questions: questionsOf(guide, open, results),
  }
}

const reasonOf = (guide: Guide, rule: Rule): Proposal['reasons'][number] => ({
  rule: rule.id,
  text: wordsOf(rule.title),
  provenance: guide.markOf(rule),
})

/** The unanswered questions that these rules look at: answering them settles the item. */
function questionsOf(guide: Guide, rules: readonly Rule[], results: readonly Result[]): Proposal['questions'] {
  const asked = new Set(rules.flatMap((rule) => [...questionsIn(rule.when), ...(rule['looks-at'] ?? [])]))
  const unanswered = new Set(results.flatMap((r) => r.unanswered))
  return guide.questions
    .filter((question) => asked.has(question.id) && unanswered.has(question.id))
    .map((q) => ({ id: q.id, title: wordsOf(q.title), field: q['register-field']?.field ?? null }))
}

/** A condition is a tree of objects; wherever it names a question it does so by the key `question`. */
function questionsIn(when: unknown): string[] {
  if (Array.isArray(when)) return when.flatMap(questionsIn)
  if (typeof when !== 'object' || when === null) return []
  return Object.entries(when).flatMap(([key, value]) =>
    key === 'question' && typeof value === 'string' ? [value] : questionsIn(value),
  )
}

export type Difference = { readonly item: string; readonly from: Proposal; readonly to: Proposal }

/** What is proposed otherwise now: another word, or other grounds for it. */
export function differences(
  stored: readonly { readonly item: string; readonly proposal: Proposal }[],
  now: ReadonlyMap<string, Proposal>,
): Difference[] {
  return stored.flatMap(({ item, proposal }) => {
    const to = now.get(item)
    return to === undefined || groundsOf(to) === groundsOf(proposal) ? [] : [{ item, from: proposal, to }]
  })
}
const groundsOf = ({ says, reasons, questions }: Proposal): string =>
  JSON.stringify([says, reasons.map((r) => r.rule), questions.map((q) => q.id)])
