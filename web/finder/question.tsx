import type { Question } from '#catalog/model.ts'
import type { Text } from '#catalog/model-texts.ts'
import { Mark, useCatalogText } from '#web/catalog/cited-text.tsx'
import { anchorOf } from '#web/catalog/find.ts'
import { useTexts } from '#web/texts/language.tsx'

import { AnswerField } from './answer-field.tsx'
import { PrefillNote } from './prefill-note.tsx'
import type { Weighing } from './weighing.ts'

type Props = {
  weighing: Weighing
  question: Question
  /** Its title is the heading of the section, so it is not repeated. */
  alone: boolean
  /** What the section said for all its questions is not repeated. */
  saidAbove?: Shared
}
export type Shared = { readonly looksAt: Text | undefined; readonly help: Text | undefined }

/** One question: plain words, whose words they are, the answer, and where a prefilled answer came from. */
export function QuestionView({ weighing, question, alone, saidAbove }: Props) {
  const { catalog } = weighing
  const t = useTexts()
  const text = useCatalogText()
  return (
    <div id={`q-${question.id}`} tabIndex={-1} className="mb-5 scroll-mt-24">
      {!alone && !question.optional && <h3 className="text-std-16B-170">{text(question.title)}</h3>}
      {!alone && !question.optional && (
        <QuestionMarks weighing={weighing} question={question} {...(saidAbove ? { saidAbove } : {})} />
      )}
      {question.help && !question.optional && !saidAbove?.help && (
        <p className="mb-2 text-note text-solid-gray-700">{text(question.help)}</p>
      )}
      <AnswerField weighing={weighing} question={question} />
      <PrefillNote weighing={weighing} question={question} />
      {question.example && (
        <p className="mt-2 text-note text-solid-gray-700">
          {t.finder.marks.exampleIs(text(question.example))}
          <Mark
            catalog={catalog}
            cited={[question.example, question]}
            of={t.finder.marks.example}
            item={anchorOf('questions', question.id)}
          />
        </p>
      )}
    </div>
  )
}

/** Title of the axis, and whose words title, point of view and question are. */
type MarksProps = Omit<Props, 'alone'> & { official?: boolean }
export function QuestionMarks({ weighing, question, official, saidAbove }: MarksProps) {
  const { catalog } = weighing
  const t = useTexts()
  const text = useCatalogText()
  const title = question['official-title']
  const looksAt = saidAbove?.looksAt ? undefined : question['looks-at']
  const marks = [
    { word: t.finder.marks.official, cited: official ? title : undefined },
    { word: t.finder.marks.looksAt, cited: looksAt },
    { word: t.finder.marks.question, cited: question.title },
  ]
  return (
    <div className="mb-2 text-note text-solid-gray-700">
      {official && title && <p>{text(title)}</p>}
      <p className="flex flex-wrap gap-x-3 gap-y-1">
        {marks.map(
          ({ word, cited }) =>
            cited && (
              <span key={word} className="keep">
                {word}
                <Mark
                  catalog={catalog}
                  cited={[cited, question]}
                  of={t.finder.marks.of(word, text(question.title))}
                  item={anchorOf('questions', question.id)}
                />
              </span>
            ),
        )}
      </p>
      {looksAt && <p>{text(looksAt)}</p>}
    </div>
  )
}
