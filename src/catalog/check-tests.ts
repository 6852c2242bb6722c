import type { Question } from './model.ts'
import { type Cond, type Num, type QuestionTest, dateTests, numberTests } from './model-expressions.ts'
import { dayNumber } from './domains.ts'
import { type Path, partsOf, termsOf, testOf } from './expressions.ts'
import type { References } from './check-references.ts'

/** Each test stands alone, fits the kind of its question and names options and days that exist. */
export function checkTest(r: References, expression: Cond | Num, at: Path): void {
  if (typeof expression === 'number') return
  if ('count' in expression) expression.count.forEach((c, i) => checkTest(r, c, [...at, 'count', i]))
  else if ('if' in expression || 'round' in expression || isTerms(expression)) {
    if ('if' in expression) checkTest(r, expression.if, [...at, 'if'])
    for (const term of termsOf(expression)) checkTest(r, term.num, [...at, ...term.path])
  } else if ('expr' in expression) {
    needOne(r, expression, at)
    checkTest(r, expression.expr, [...at, 'expr'])
    const other = testOf(expression)
    if (other) checkTest(r, other.than, [...at, other.test])
  } else if ('question' in expression) {
    needOne(r, expression, at)
    const question = r.questions.get(expression.question)
    if (question) checkQuestionTest(r, expression, question, at)
  } else if ('level' in expression) needOne(r, expression, at)
  else if ('all' in expression || 'any' in expression || 'not' in expression)
    for (const part of partsOf(expression)) checkTest(r, part.cond, [...at, ...part.path])
}
function isTerms(expression: Cond | Num): expression is Exclude<Num, number> {
  return ['sum', 'product', 'difference', 'quotient', 'min', 'max'].some((key) =>
    Object.hasOwn(expression as object, key),
  )
}
function needOne(r: References, test: object, at: Path): void {
  const keys = Object.keys(test).filter((key) => (test as Record<string, unknown>)[key] !== undefined)
  if (keys.length !== 2) r.problems.push({ path: at, code: 'one-test-needed', params: { keys: keys.slice(1) } })
}

const numeric = new Set<string>(numberTests)
const daily = new Set<string>(dateTests)
const kindsFor = (test: string, value: unknown): Question['kind'][] => {
  if (test === 'answered') return ['single', 'multiple', 'number', 'date', 'text']
  if (test === 'is') return ['single']
  if (test.startsWith('has')) return ['multiple']
  if (test === 'equals') return typeof value === 'string' ? ['text'] : ['number']
  return numeric.has(test) ? ['number'] : daily.has(test) ? ['date'] : []
}

function checkQuestionTest(r: References, cond: QuestionTest, question: Question, at: Path): void {
  for (const [test, value] of Object.entries(cond)) {
    if (test === 'question' || value === undefined) continue
    const kinds = kindsFor(test, value)
    if (!kinds.includes(question.kind))
      r.problems.push({
        path: [...at, test],
        code: 'test-not-for-kind',
        params: { test, kind: question.kind, question: question.id, kinds },
      })
    else if (test === 'is' || test.startsWith('has')) {
      const options = 'options' in question ? question.options.map((option) => option.id) : []
      for (const id of [value].flat())
        if (!options.includes(String(id)))
          r.problems.push({
            path: [...at, test],
            code: 'no-such-option',
            params: { id, question: question.id, allowed: options },
          })
    } else if (daily.has(test) && dayNumber(String(value)) === undefined)
      r.problems.push({ path: [...at, test], code: 'no-such-day', params: { value } })
  }
}
