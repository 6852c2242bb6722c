import type { WrittenQuestions } from '#user-rules/acknowledgements/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Section } from '#web/ui/page.tsx'

/** Questions as they were asked, with the right choice and the first choices counted without persons. */
export function QuestionResults({ written }: { written: WrittenQuestions }) {
  const t = useTexts()
  const pick = usePick()
  const words = t.staffRules.writing
  if (written.questions.length === 0) return <Empty why={words.none} todo={words.frozen} />
  return (
    <div className="max-w-[46rem]">
      <p className="mb-6 text-note text-solid-gray-700">
        {words.frozen} {words.few(written.fewestAnswers)}
      </p>
      {written.questions.map((question, at) => (
        <Section key={question.id} title={t.ui.named(words.number(at + 1), pick(question.question))}>
          <Choices question={question} />
          <p className="mt-2 text-note text-solid-gray-700">{pick(question.explanation)}</p>
        </Section>
      ))}
    </div>
  )
}

function Choices({ question }: { question: WrittenQuestions['questions'][number] }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.staffRules.writing
  const { choices, answer, first } = question
  return (
    <ul className="border-t border-solid-gray-200">
      {choices.map((choice, at) => (
        <li
          key={pick(choice)}
          className="flex flex-wrap items-center justify-between gap-x-4 border-b border-solid-gray-200 py-2"
        >
          <span className="inline-flex items-center gap-2">
            {at === answer && <Icon name="circle-tick" size={20} />}
            <span className={at === answer ? 'font-700' : ''}>{pick(choice)}</span>
            {at === answer && <span className="text-note text-green-900">{words.right}</span>}
          </span>
          <span className="text-note tabular-nums">
            {first === null ? t.words.absences.unanswered : words.people(f.number(first[at] ?? 0))}
          </span>
        </li>
      ))}
    </ul>
  )
}
