import { cannotDecide, type Catalog, type Question } from '#catalog/model.ts'
import type { AnswerValue } from '#catalog/model-result.ts'
import { type Text, textIn } from '#catalog/model-texts.ts'
import { verdictOf } from '#finder/api.ts'
import type { Verdict } from '#register/model.ts'
import type { Language, Texts } from '#web/texts/language.tsx'

import { isUnknown } from './answers.ts'
import type { Section } from './reading.ts'

/** The words of a result, in one language. */
export type Worder = {
  readonly outcome: (id: string | null) => string
  readonly shortOutcome: (id: string | null) => string
  readonly answer: (question: Question | undefined, answer: AnswerValue | null | undefined) => string
  /** 「C」 where the section asks one thing, 「C（個人情報…）」 where it asks several. */
  readonly question: (id: string) => string
  /** The same in a sentence that changes the answer: 「C「個人情報…」の答え」. */
  readonly answerTo: (id: string) => string
  readonly text: (text: Text) => string
}

export function worderOf(catalog: Catalog, sections: readonly Section[], t: Texts, language: Language): Worder {
  const text = (one: Text) => textIn(one, language)
  const outcomeTitle = (id: string | null): string | undefined => {
    const found = catalog.outcomes.find((o) => o.id === id)
    return found && text(found.title)
  }
  const known = (id: string | null): id is Verdict => id !== null && (id === cannotDecide || verdictOf(id) === id)
  const optionTitle = (question: Question | undefined, id: string): string => {
    const option = question && 'options' in question ? question.options.find((o) => o.id === id) : undefined
    return option ? text(option.title) : id
  }
  /** The sign alone where it says enough; else what `full` makes of section and title. */
  const nameOf = (id: string, full: (section: Section, title: string) => string): string => {
    const section = sections.find((s) => s.questions.some((q) => q.id === id))
    const question = section?.questions.find((q) => q.id === id)
    if (!section || !question) return id
    const only = section.questions.filter((q) => !q.optional).length === 1 && !question.optional
    return only && !section.gate ? section.mark : full(section, text(question.title))
  }
  return {
    text,
    outcome: (id) => (id === cannotDecide ? t.words.verdictSentences[cannotDecide] : (outcomeTitle(id) ?? id ?? '')),
    shortOutcome: (id) => (known(id) ? t.words.verdicts[id] : (outcomeTitle(id) ?? id ?? '')),
    answer: (question, answer) => {
      if (answer === undefined || answer === null) return t.finder.history.unanswered
      if (isUnknown(answer)) return t.finder.notYet
      if (Array.isArray(answer)) return t.ui.list(answer.map((id: string) => optionTitle(question, id)))
      if (typeof answer !== 'string') return String(answer)
      return question && 'options' in question ? optionTitle(question, answer) : answer
    },
    question: (id) => nameOf(id, (section, title) => (section.gate ? title : t.finder.sectionOf(section.mark, title))),
    answerTo: (id) => nameOf(id, (section, title) => t.finder.change.answerTo(section.gate ? '' : section.mark, title)),
  }
}
