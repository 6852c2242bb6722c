import { evaluate } from '#catalog/evaluate.ts'
import type { Answers, AnswerValue } from '#catalog/model-result.ts'
import type { Rule } from '#catalog/model.ts'
import { provenanceIn, sourcesOf, type Text, textIn } from '#catalog/model-texts.ts'
import { parseAnswers } from '#catalog/parse-answers.ts'
import { type Role, roles } from '#access/model.ts'

import { type Effect, effects, type Need, type NeedState, type Place } from './model.ts'
import { type NeedsEdition, situationSection } from './needs-edition.ts'
import type { Answered } from './situation.ts'
import type { StageAnswer } from './sources.ts'

export type Weighed = {
  readonly answers: Answered
  /** Ids of waivers that hold, by need. */
  readonly waivers: ReadonlyMap<string, string>
  /** Day of the stage that the system is in; where nothing else says since when. */
  readonly since: string | null
  readonly placeOf: (question: string, itemId: string | null) => Place
}

/**
 * What a step needs and how each need stands: missing first, blocking before warning. A need is met when no answer still
 * to come can bring it back; until then it is missing or not known, and both stand in the way alike.
 */
export function weighNeeds(edition: NeedsEdition, of: Weighed): Need[] {
  const plain = plainAnswers(edition, of.answers)
  const now = evaluate(edition.compiled, plain)
  const fired = new Set(now.fired.map(({ table, rule }) => `${table}/${rule}`))
  const open = new Set(now.mayFire.map(({ table, rule }) => `${table}/${rule}`))
  const stateOf = (key: string): NeedState | undefined =>
    fired.has(key) ? 'missing' : open.has(key) ? 'not-known' : undefined
  const asked = rulesAsked(edition, plain)
  const needs = edition.rules
    .filter(({ effect, rule }) => asked.has(`${effect}/${rule.id}`))
    .map(({ effect, rule }) =>
      needOf(edition, of, { effect, rule, plain, state: stateOf(`${effect}/${rule.id}`) ?? 'met' }),
    )
  const order = (need: Need) => rank.indexOf(`${need.state}/${need.effect}`)
  return strictestOfEach(needs).toSorted((a, b) => order(a) - order(b))
}

const rank = (['missing', 'not-known', 'waived', 'met'] as const).flatMap((state) =>
  effects.map((effect) => `${state}/${effect}`),
)

/** Several rules may ask for one need: the one that weighs most tells of it. */
function strictestOfEach(needs: readonly Need[]): Need[] {
  const weight = (need: Need) =>
    (need.state === 'met' ? 4 : need.effect === 'blocks' ? 0 : 2) + (need.state === 'not-known' ? 1 : 0)
  const byId = Map.groupBy(needs, (need) => need.id)
  return [...byId.values()].map((same) => same.reduce((best, one) => (weight(one) < weight(best) ? one : best)))
}

/** Rules that this step, verdict and pattern can bring at all: those still possible when nothing that can be done is known. */
function rulesAsked(edition: NeedsEdition, plain: Answers): Set<string> {
  const situation = Object.fromEntries(
    Object.entries(plain).filter(([id]) => edition.questions.get(id)?.section === situationSection),
  )
  const { fired, mayFire } = evaluate(edition.compiled, situation)
  return new Set([...fired, ...mayFire].map(({ table, rule }) => `${table}/${rule}`))
}

/** What the edition has a question for and can read; anything else is not known. */
const plainAnswers = (edition: NeedsEdition, answers: Answered): Answers =>
  parseAnswers(
    edition.compiled,
    Object.fromEntries(
      Object.entries(answers)
        .filter(([id]) => edition.questions.has(id))
        .map(([id, answer]) => [id, isRich(answer) ? answer.value : answer]),
    ),
  ).answers

const isRich = (answer: AnswerValue | StageAnswer | undefined): answer is StageAnswer =>
  typeof answer === 'object' && 'value' in answer

function needOf(
  edition: NeedsEdition,
  of: Weighed,
  { effect, rule, plain, state }: { effect: Effect; rule: Rule; plain: Answers; state: NeedState },
): Need {
  const item = edition.needs.get(rule.gives)!
  const unanswered = state === 'not-known' ? questionsIn(rule).filter((id) => plain[id] === undefined) : []
  const question = unanswered[0] ?? rule['looks-at']?.[0] ?? questionsIn(rule).at(-1) ?? ''
  const answer = of.answers[question]
  const rich = isRich(answer) ? answer : undefined
  const waiverId = (state === 'met' ? undefined : of.waivers.get(item.id)) ?? null
  return {
    id: item.id,
    effect,
    state: waiverId === null ? state : 'waived',
    title: bilingual(item.title),
    text: bilingual(item.text),
    role: roles.find((role): role is Role => role === item.role) ?? null,
    rule: rule.id,
    reason: bilingual(rule.title),
    provenance: { ja: provenanceIn('ja', rule.title, rule), en: provenanceIn('en', rule.title, rule) },
    sources: sourcesOf(rule),
    place: of.placeOf(question, rich?.itemId ?? null),
    since: rich?.since ?? of.since,
    unanswered,
    waiverId,
  }
}

const bilingual = (text: Text | undefined) =>
  text ? { ja: textIn(text, 'ja'), en: textIn(text, 'en') } : { ja: '', en: '' }

/** Questions that the condition of a rule names, in its order. */
function questionsIn(rule: Rule): string[] {
  const found: string[] = []
  const look = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) look(one)
    else if (typeof node === 'object' && node !== null)
      for (const [key, value] of Object.entries(node))
        if ((key === 'question' || key === 'answer') && typeof value === 'string') found.push(value)
        else look(value)
  }
  look(rule.when)
  return [...new Set(found)]
}
