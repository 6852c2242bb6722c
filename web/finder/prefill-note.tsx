import type { Question } from '#catalog/model.ts'
import type { FieldId } from '#register/fields.ts'
import type { Fact } from '#register/model.ts'
import { type Texts, useTexts } from '#web/texts/language.tsx'
import { Icon } from '#web/ui/icon.tsx'

import { sameAnswer } from './answers.ts'
import type { Weighing } from './weighing.ts'

/** The value of a coded or plain fact, in words. */
export function factWords(t: Texts, field: FieldId, fact: Fact): string {
  if ('absent' in fact) return t.words.absences[fact.absent]
  const codes: Readonly<Record<string, Readonly<Record<string, string>>>> = t.fields.codes
  const word = (value: string | number) => codes[field]?.[String(value)] ?? String(value)
  const values: readonly (string | number)[] = Array.isArray(fact.value) ? fact.value : [fact.value as string | number]
  return t.ui.list(values.map(word))
}

/** Says that an answer came from the register, from which field, or that it now differs from it. */
export function PrefillNote({ weighing, question }: { weighing: Weighing; question: Question }) {
  const t = useTexts()
  const prefill = weighing.finder.prefilled[question.id]
  if (!prefill) return null
  const field = prefill.field as FieldId
  const name = t.fields.labels[field]
  const value = factWords(t, field, prefill.fact)
  const given = weighing.answers[question.id]
  const words = t.finder.prefilled
  const sentence = !sameAnswer(given, prefill.answer)
    ? words.differs(name, value)
    : 'absent' in prefill.fact
      ? words.absent(name, value)
      : words.value(name, value)
  return (
    <p className="mt-2 flex gap-2 text-note text-solid-gray-700">
      <Icon name="document" size={16} className="mt-1" />
      <span>{sentence}</span>
    </p>
  )
}
