import type { Option, Question } from '#catalog/model.ts'
import { useCatalogText } from '#web/catalog/cited-text.tsx'
import { useTexts } from '#web/texts/language.tsx'
import { type CardChoice, Checkbox, CheckboxGroup, notYet, RadioCards } from '#web/ui/choices.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { NumberField } from '#web/ui/number-field.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { isUnknown } from './answers.ts'
import { optionState } from './reading.ts'
import type { Weighing } from './weighing.ts'

type Props<Q extends Question = Question> = { weighing: Weighing; question: Q }
type OfKind<K extends Question['kind']> = Extract<Question, { kind: K }>

/** The field of an answer, by the kind of its question. 「まだ分からない」 is always offered, except where nothing hangs on it. */
export function AnswerField({ weighing, question }: Props) {
  const { answers, answer } = weighing
  if (question.kind === 'single') return <Single weighing={weighing} question={question} />
  return (
    <>
      {!isUnknown(answers[question.id]) && <Typed weighing={weighing} question={question} />}
      {!question.optional && (
        <NotYet
          chosen={isUnknown(answers[question.id])}
          onChange={(unknown) => answer(question.id, unknown ? { unknown: true } : undefined)}
        />
      )}
    </>
  )
}

function NotYet({ chosen, onChange }: { chosen: boolean; onChange: (chosen: boolean) => void }) {
  const t = useTexts()
  return (
    <div className="mt-2 flex min-h-11 items-center pl-3.5 text-note">
      <Checkbox chosen={chosen} onChange={onChange}>
        {t.finder.notYet}
      </Checkbox>
    </div>
  )
}

function useChoice(weighing: Weighing): (option: Option) => CardChoice {
  const t = useTexts()
  const text = useCatalogText()
  return (option) => {
    const state = optionState(weighing.catalog, option)
    const points = state?.kind === 'points' ? state.points : []
    const note =
      state?.kind === 'band'
        ? text(state.band.title)
        : points.map((p) => t.finder.optionPoints(formatNumber(p.points))).join(' ')
    const help = [option.help, option.note].filter((one) => one !== undefined).map(text)
    return {
      id: option.id,
      name: text(option.title),
      ...(help.length === 0 ? {} : { help: help.join(' ') }),
      ...(note === '' ? {} : { note }),
    }
  }
}

function Single({ weighing, question }: Props<OfKind<'single'>>) {
  const text = useCatalogText()
  const choice = useChoice(weighing)
  const { answers, answer } = weighing
  const given = answers[question.id]
  return (
    <RadioCards
      label={text(question.title)}
      hiddenLabel={!question.optional}
      {...(question.optional ? { requirement: 'optional' as const } : {})}
      choices={question.options.map(choice)}
      columns={question.options.length === 2 ? 2 : 1}
      value={isUnknown(given) ? notYet : typeof given === 'string' ? given : undefined}
      onChange={(id) => answer(question.id, id === notYet ? { unknown: true } : id)}
    />
  )
}

function Typed({ weighing, question }: Props) {
  const text = useCatalogText()
  const { answers, answer } = weighing
  const given = answers[question.id]
  const head = {
    label: text(question.title),
    hiddenLabel: !question.optional,
    ...(question.optional ? { requirement: 'optional' as const } : {}),
    ...(question.optional && question.help ? { help: text(question.help) } : {}),
  }
  switch (question.kind) {
    case 'single':
      return null
    case 'multiple':
      return <Multiple weighing={weighing} question={question} />
    case 'number':
      return (
        <NumberField
          {...head}
          value={typeof given === 'number' ? given : undefined}
          {...(question.min === undefined ? {} : { min: question.min })}
          {...(question.max === undefined ? {} : { max: question.max })}
          {...(question.integer === undefined ? {} : { integer: question.integer })}
          {...(question.unit === undefined ? {} : { unit: text(question.unit) })}
          onChange={(value) => answer(question.id, fits(question, value) ? value : undefined)}
        />
      )
    case 'date':
      return (
        <DateField
          {...head}
          value={typeof given === 'string' ? given : undefined}
          onChange={(value) => answer(question.id, value)}
        />
      )
    case 'text':
      return (
        <TextArea
          {...head}
          rows={2}
          width="full"
          value={typeof given === 'string' ? given : ''}
          {...(question['max-length'] === undefined ? {} : { maxLength: question['max-length'] })}
          onChange={(value) => answer(question.id, value)}
        />
      )
  }
}

/** A number that is still typed, or out of bounds, is no answer yet; the field itself says what is wrong. */
const fits = (question: OfKind<'number'>, value: number | undefined): boolean =>
  value !== undefined &&
  Number.isFinite(value) &&
  (!question.integer || Number.isInteger(value)) &&
  value >= (question.min ?? -Infinity) &&
  value <= (question.max ?? Infinity)

/** An option that excludes the others stands alone: choosing it clears them, choosing another clears it. */
function Multiple({ weighing, question }: Props<OfKind<'multiple'>>) {
  const text = useCatalogText()
  const choice = useChoice(weighing)
  const { answers, answer } = weighing
  const given = answers[question.id]
  const chosen: readonly string[] = Array.isArray(given) ? given : []
  const alone = (id: string) => question.options.some((o) => o.id === id && o.exclusive)
  return (
    <CheckboxGroup
      label={text(question.title)}
      hiddenLabel={!question.optional}
      choices={question.options.map(choice)}
      value={chosen}
      onChange={(ids) => {
        const added = ids.find((id) => !chosen.includes(id))
        if (added !== undefined && alone(added)) answer(question.id, [added])
        else answer(question.id, added === undefined ? [...ids] : ids.filter((id) => !alone(id)))
      }}
    />
  )
}
