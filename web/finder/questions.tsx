import { useState } from 'react'

import { Mark } from '#web/catalog/cited-text.tsx'
import { anchorOf } from '#web/catalog/find.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'

import { QuestionMarks, QuestionView, type Shared } from './question.tsx'
import { gatePassed, sharedText, type VisibleSection, visibleSections, withoutMark } from './reading.ts'
import type { Weighing } from './weighing.ts'
import type { Worder } from './words.ts'

type Props = { weighing: Weighing; words: Worder }

/** The form as the catalog orders it; what no longer applies is not asked, and its answer does not count. */
export function Questions({ weighing, words }: Props) {
  const t = useTexts()
  return (
    <form aria-label={t.finder.form} onSubmit={(e) => e.preventDefault()}>
      {visibleSections(weighing.sections, weighing.result).map((one) =>
        one.section.gate ? (
          <Gate key={one.section.id} one={one} weighing={weighing} words={words} />
        ) : (
          <Axis key={one.section.id} one={one} weighing={weighing} words={words} />
        ),
      )}
    </form>
  )
}

/** Whether the rules apply at all: asked first, and folded into one line once it has been passed. */
function Gate({ one, weighing, words }: Props & { one: VisibleSection }) {
  const t = useTexts()
  const passed = gatePassed(one.section, weighing.result)
  // Folded only when it had been passed before the page was opened: nothing moves away under the hand.
  const [folded, setFolded] = useState(passed)
  if (passed && folded) {
    return (
      <section className="mb-6 flex gap-3 rounded-8 border border-solid-gray-420 p-4 text-note">
        <Icon name="circle-tick" className="mt-0.5 text-green-900" />
        <div className="min-w-0 flex-1 sm:flex sm:justify-between sm:gap-4">
          <div>
            <h2 className="text-note font-700">{t.finder.gate.passed}</h2>
            <ul>
              {one.questions.map((question) => (
                <li key={question.id}>
                  {t.finder.gate.answer(
                    words.text(question.title),
                    words.answer(question, weighing.answers[question.id]),
                  )}
                  {question['looks-at'] && (
                    <Mark
                      catalog={weighing.catalog}
                      cited={[question['looks-at'], question]}
                      of={words.text(question.title)}
                      item={anchorOf('questions', question.id)}
                    />
                  )}
                </li>
              ))}
            </ul>
          </div>
          <div className="-ml-2 shrink-0 sm:ml-0">
            <Button look="text" size="small" onPress={() => setFolded(false)} expanded={false}>
              {t.finder.gate.show}
            </Button>
          </div>
        </div>
      </section>
    )
  }
  return (
    <section className="mb-6 rounded-8 border border-solid-gray-420 p-5">
      <div className="mb-3 flex items-start justify-between gap-4">
        <h2 className="text-std-18B-160">
          {one.section.item ? words.text(one.section.item.title) : t.finder.gate.title}
        </h2>
        {passed && (
          <Button look="text" size="small" onPress={() => setFolded(true)} expanded>
            {t.finder.gate.hide}
          </Button>
        )}
      </div>
      {one.questions.map((question) => (
        <QuestionView key={question.id} weighing={weighing} question={question} alone={false} />
      ))}
    </section>
  )
}

/** One axis: its sign, the question in plain words, the title the document gives it. */
function Axis({ one, weighing, words }: Props & { one: VisibleSection }) {
  const { section, questions } = one
  const [only, ...others] = section.questions.filter((q) => !q.optional)
  const alone = others.length === 0 ? only : undefined
  const heading = alone?.title ?? section.item?.title
  const asked = section.questions.filter((q) => !q.optional)
  const shared = {
    looksAt: sharedText(asked.map((q) => q['looks-at'])),
    help: sharedText(asked.map((q) => q.help)),
  }
  return (
    <section className="mb-6 border-b border-solid-gray-200 pb-4">
      <div className="mb-1 flex gap-3">
        <span
          aria-hidden="true"
          className="flex size-8 shrink-0 items-center justify-center rounded-4 bg-solid-gray-800 font-700 text-white"
        >
          {section.mark}
        </span>
        <h2 className="text-std-18B-160 sm:text-std-20B-150">
          <span className="sr-only">{section.mark} </span>
          {heading === undefined ? null : withoutMark(words.text(heading), section.mark)}
        </h2>
      </div>
      <div className="sm:pl-11">
        {alone ? (
          <QuestionMarks weighing={weighing} question={alone} official />
        ) : (
          <SectionMarks one={one} weighing={weighing} words={words} shared={shared} />
        )}
        {questions.map((question) => (
          <QuestionView
            key={question.id}
            weighing={weighing}
            question={question}
            alone={question === alone}
            saidAbove={shared}
          />
        ))}
      </div>
    </section>
  )
}

function SectionMarks({ one, weighing, words, shared }: Props & { one: VisibleSection; shared: Shared }) {
  const t = useTexts()
  const item = one.section.item
  if (!item) return null
  const marks = [
    { word: t.finder.marks.official, cited: item.title },
    { word: t.finder.marks.looksAt, cited: shared.looksAt },
  ]
  return (
    <div className="mb-3 text-note text-solid-gray-700">
      <p className="flex flex-wrap gap-x-3 gap-y-1">
        {marks.map(
          ({ word, cited }) =>
            cited && (
              <span key={word} className="keep">
                {word}
                <Mark
                  catalog={weighing.catalog}
                  cited={[cited, one.section.questions[0], item]}
                  of={t.finder.marks.of(word, words.text(item.title))}
                />
              </span>
            ),
        )}
      </p>
      {shared.looksAt && <p>{words.text(shared.looksAt)}</p>}
      {shared.help && <p>{words.text(shared.help)}</p>}
      {item.text && <p>{words.text(item.text)}</p>}
    </div>
  )
}
