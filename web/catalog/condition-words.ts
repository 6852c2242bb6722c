import type { Bounds, Catalog, Goto, Question } from '#catalog/model.ts'
import { type Cond, dateTests, type Num, numberTests, type QuestionTest } from '#catalog/model-expressions.ts'
import { type Text, textIn } from '#catalog/model-texts.ts'
import type { Language, Texts } from '#web/texts/language.tsx'

/** Conditions and arithmetic of a catalog, which are data, as sentences: what a person reads is what the engine does. */
export type ConditionWords = {
  readonly cond: (cond: Cond) => string
  readonly num: (num: Num) => string
  readonly bounds: (bounds: Bounds, share?: boolean) => string
  readonly goto: (goto: Goto) => string
}

type Titled = { readonly id: string; readonly title?: Text | undefined }

export function conditionWords(catalog: Catalog, t: Texts, language: Language): ConditionWords {
  const w = t.catalog.words
  const titleOf = (items: readonly Titled[], id: string): string => {
    const title = items.find((item) => item.id === id)?.title
    return title === undefined ? id : textIn(title, language)
  }
  const asked = (id: string): Question | undefined => catalog.questions.find((q) => q.id === id)
  const question = (id: string): string => w.question(titleOf(catalog.questions, id))
  const option = (id: string, chosen: string): string => {
    const found = asked(id)
    return w.quote(found && 'options' in found ? titleOf(found.options, chosen) : chosen)
  }
  const options = (id: string, all: string | readonly string[]): string =>
    (typeof all === 'string' ? [all] : all).map((one) => option(id, one)).join(w.or)
  const score = (id: string): string => titleOf(catalog.scores, id)
  const gives = (id: string): string => w.quote(titleOf(catalog.outcomes, id))

  const testOf = (test: QuestionTest): string => {
    const name = question(test.question)
    if (test.is !== undefined) return w.is(name, options(test.question, test.is))
    if (test.has !== undefined) return w.has(name, option(test.question, test.has))
    if (test['has-any']) return w.hasAny(name, options(test.question, test['has-any']))
    if (test['has-all']) {
      return w.hasAll(name, t.ui.list(test['has-all'].map((one) => option(test.question, one))))
    }
    if (test.answered !== undefined) return test.answered ? w.answered(name) : w.notAnswered(name)
    for (const key of [...numberTests, ...dateTests]) {
      const bound = test[key]
      if (bound !== undefined) return w.tests[key](w.answerOf(name), String(bound))
    }
    return name
  }

  const level = (test: Extract<Cond, { level: string }>): string => {
    const found = catalog.levels.find((l) => l.id === test.level)
    const band = (id: string) => w.quote(titleOf(found?.bands ?? [], id))
    const name = titleOf(catalog.levels, test.level)
    if (test['at-least'] !== undefined) return w.levelAtLeast(name, band(test['at-least']))
    const is = test.is ?? []
    return w.level(name, (typeof is === 'string' ? [is] : is).map(band).join(w.or))
  }

  const compared = (test: Extract<Cond, { expr: Num }>): string => {
    for (const key of numberTests) {
      const bound = test[key]
      if (bound !== undefined) return w.tests[key](num(test.expr), num(bound))
    }
    return num(test.expr)
  }

  /** Inside another condition, several parts stand in brackets, so that their order cannot be misread. */
  const nested = (one: Cond): string => {
    const many = ('all' in one && one.all.length > 1) || ('any' in one && one.any.length > 1)
    return many ? w.group(cond(one)) : cond(one)
  }

  function cond(one: Cond): string {
    if ('all' in one) return one.all.length === 0 ? w.always : one.all.map(nested).join(w.all)
    if ('any' in one) return one.any.map(nested).join(w.any)
    if ('not' in one) return w.not(cond(one.not))
    if ('always' in one) return w.always
    if ('question' in one) return testOf(one)
    if ('expr' in one) return compared(one)
    if ('label' in one) return w.label(titleOf(catalog.labels, one.label))
    if ('level' in one) return level(one)
    if ('table' in one) return w.table(w.quote(titleOf(catalog.tables, one.table)), gives(one.gives))
    return w.outcome(gives(one.outcome))
  }

  const joinWith = (parts: readonly Num[], sign: string): string =>
    parts.map((part) => (compound(part) ? w.group(num(part)) : num(part))).join(sign)

  function num(one: Num): string {
    if (typeof one === 'number') return String(one)
    if ('score' in one) return w.score(score(one.score))
    if ('maximum' in one) return w.maximum(score(one.maximum))
    if ('value' in one) return w.score(titleOf(catalog.values, one.value))
    if ('answer' in one) return w.answerOf(question(one.answer))
    if ('points' in one) return w.points(question(one.points), score(one.in))
    if ('sum' in one) return joinWith(one.sum, ' ＋ ')
    if ('product' in one) return joinWith(one.product, ' × ')
    if ('difference' in one) return joinWith(one.difference, ' － ')
    if ('quotient' in one) return joinWith(one.quotient, ' ÷ ')
    if ('min' in one) return w.min(t.ui.list(one.min.map(num)))
    if ('max' in one) return w.max(t.ui.list(one.max.map(num)))
    if ('count' in one) return w.count(t.ui.list(one.count.map(cond)))
    if ('if' in one) return w.ifThen(cond(one.if), num(one.then), num(one.else))
    const mode = w.modes[one.mode]
    return one.digits === undefined || one.digits === 0
      ? w.roundWhole(num(one.round), mode)
      : w.round(num(one.round), mode, String(one.digits))
  }

  return { cond, num, bounds: (b, share) => boundsWords(t, b, share ?? false), goto: gotoWords }

  function gotoWords(goto: Goto): string {
    if (typeof goto === 'string') return w.goto.question(titleOf(catalog.questions, goto))
    if (!Array.isArray(goto)) return w.goto.outcome(titleOf(catalog.outcomes, goto.outcome))
    return t.ui.list(
      goto.map((one) => {
        const to =
          'question' in one
            ? w.goto.question(titleOf(catalog.questions, one.question))
            : w.goto.outcome(titleOf(catalog.outcomes, one.outcome))
        return one.when === undefined ? to : w.goto.when(cond(one.when), to)
      }),
    )
  }
}

const compound = (num: Num): boolean =>
  typeof num === 'object' && ['sum', 'difference', 'if', 'round'].some((key) => key in num)

/** Bounds as they are defined: from and to belong to the band, above and below do not. */
function boundsWords(t: Texts, bounds: Bounds, share: boolean): string {
  const w = t.catalog.words.bounds
  const figure = (n: number) => (share ? `${Number((n * 100).toPrecision(12))}%` : String(n))
  const said = (['from', 'above', 'to', 'below'] as const).flatMap((key) => {
    const bound = bounds[key]
    return bound === undefined ? [] : [w[key](figure(bound))]
  })
  return said.length === 0 ? w.every : said.join(w.join)
}
