import { useDeferredValue, useMemo, useState } from 'react'

import type { CatalogEdition } from '#catalog/api.ts'
import { compile } from '#catalog/compile.ts'
import type { Compiled } from '#catalog/compiled.ts'
import { evaluate } from '#catalog/evaluate.ts'
import type { Catalog } from '#catalog/model.ts'
import type { Answers, AnswerValue, Result } from '#catalog/model-result.ts'
import type { Finder } from '#finder/api.ts'

import { type Move, sameAnswers, startOf, withAnswer } from './answers.ts'
import { readSections, type Section } from './reading.ts'

/** A use on the balance: the edition it is weighed by, the answers, and what they come to. */
export type Weighing = {
  readonly finder: Finder
  readonly catalog: Catalog
  readonly compiled: Compiled
  readonly sections: readonly Section[]
  readonly answers: Answers
  /** Answers that the engine can read; a field still being typed wrongly is left out. */
  readonly result: Result
  readonly trail: readonly Move[]
  /** Answers differ from those the page was opened with, or were last saved. */
  readonly changed: boolean
  readonly answer: (question: string, answer: AnswerValue | undefined) => void
  readonly replace: (answers: Answers) => void
}

const outcomeOf = (result: Result): string => result.outcome ?? ''

/** Everything is worked out on the page by the function that the server uses: no answer waits for a round trip. */
export function useWeighing(finder: Finder, { catalog }: CatalogEdition): Weighing {
  const compiled = useMemo(() => compile(catalog), [catalog])
  const sections = useMemo(() => readSections(catalog), [catalog])
  const [first, setFirst] = useState<Answers>(() => startOf(finder, catalog.edition))
  const [{ answers, trail }, setState] = useState<{ answers: Answers; trail: readonly Move[] }>({
    answers: first,
    trail: [],
  })
  const result = useMemo(() => evaluate(compiled, answers), [compiled, answers])
  return {
    finder,
    catalog,
    compiled,
    sections,
    answers,
    result,
    trail,
    changed: !sameAnswers(answers, first),
    answer: (question, value) => {
      const next = withAnswer(answers, question, value)
      const after = evaluate(compiled, next)
      const move = { question, from: outcomeOf(result), to: outcomeOf(after), matter: after.matter }
      setState({ answers: next, trail: [...trail, move] })
    },
    replace: (next) => {
      setFirst(next)
      setState({ answers: next, trail: [] })
    },
  }
}

/** What may lag behind while a person types: the search for changes. */
export const useLagging = <T>(value: T): { readonly value: T; readonly lags: boolean } => {
  const lagging = useDeferredValue(value)
  return { value: lagging, lags: lagging !== value }
}
