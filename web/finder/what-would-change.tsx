import { useMemo, useState } from 'react'

import { cannotDecide } from '#catalog/model.ts'
import { whatWouldChange } from '#catalog/what-would-change.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'

import { type ChangeSet, inOrderOfUse, joinSets, noneAlone } from './changes.ts'
import { OutcomeTag } from './outcome-look.tsx'
import { useLagging, type Weighing } from './weighing.ts'
import type { Worder } from './words.ts'

type Props = { weighing: Weighing; words: Worder }

/** Evaluations that may be tried while a person waits: fewer where each takes longer. */
const budgetOf = (questions: number): number => Math.max(200, Math.min(2000, Math.floor(90_000 / questions)))

/** Shown at once; the others on request. */
const shownFirst = 2

/** The smallest sets of changes that give another result: computed, never guessed. */
export function WhatWouldChange({ weighing, words }: Props) {
  const t = useTexts()
  const { compiled, catalog, sections, result } = weighing
  const { value: answers, lags } = useLagging(weighing.answers)
  const what = useMemo(
    () => whatWouldChange(compiled, answers, budgetOf(catalog.questions.length)),
    [compiled, answers, catalog],
  )
  const [all, setAll] = useState(false)
  const sets = inOrderOfUse(joinSets(what.changes), sections)
  const texts = t.finder.change
  const hidden = sets.length - shownFirst
  const open = result.outcome === cannotDecide
  return (
    <section aria-labelledby="change-title" aria-busy={lags}>
      <h3 id="change-title" className="mb-2 text-std-17B-170">
        {texts.title}
      </h3>
      {open ? (
        <p className="text-note">{texts.cannot}</p>
      ) : (
        <>
          {sets.length === 0 && what.complete && <p className="text-note">{texts.none}</p>}
          <ul className="flex flex-col gap-2 text-note">
            {(all ? sets : sets.slice(0, shownFirst)).map((set) => (
              <SetCard key={JSON.stringify(set)} set={set} weighing={weighing} words={words} />
            ))}
            {noneAlone(what, sections, result.visible) && (
              <li className="rounded-6 border border-solid-gray-200 p-3">
                <p>{texts.alone(catalog.levels.length)}</p>
                <OutcomeTag catalog={catalog} outcome={result.outcome} words={words} /> {texts.unchanged}
              </li>
            )}
          </ul>
          {hidden > 0 && (
            <Button look="text" size="small" expanded={all} onPress={() => setAll(!all)}>
              {all ? texts.less : texts.more(hidden)}
            </Button>
          )}
          {!what.complete && <p className="mt-2 text-note">{texts.budget}</p>}
        </>
      )}
    </section>
  )
}

function SetCard({ set, weighing, words }: Props & { set: ChangeSet }) {
  const t = useTexts()
  const { catalog } = weighing
  const answer = (question: string, to: ChangeSet['changes'][number]['to'][number]) => {
    const asked = catalog.questions.find((q) => q.id === question)
    return typeof to === 'object' && 'answered' in to ? t.finder.history.unanswered : words.answer(asked, to)
  }
  const steps = set.changes.map(({ question, to }, n) =>
    t.finder.change.set(
      words.answerTo(question),
      to.map((one) => answer(question, one)).join(t.finder.change.or),
      n === set.changes.length - 1,
    ),
  )
  return (
    <li className="rounded-6 border border-solid-gray-200 p-3">
      <p>{steps.join(t.finder.change.and)}</p>
      <OutcomeTag catalog={catalog} outcome={set.outcome} words={words} />
    </li>
  )
}
