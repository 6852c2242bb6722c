import type { ReactNode } from 'react'

import { cannotDecide } from '#catalog/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { classes } from '#web/ui/class-names.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Link } from '#web/ui/link.tsx'
import { verdictIcon, verdictLook, VerdictTag } from '#web/ui/tags.tsx'

import { moved, sameAnswers } from './answers.ts'
import { Axes } from './axes.tsx'
import { Duties } from './duties.tsx'
import { Moved } from './moved.tsx'
import { lookOf, OutcomeTag } from './outcome-look.tsx'
import { Reasons } from './reasons.tsx'
import type { Weighing } from './weighing.ts'
import { WhatWouldChange } from './what-would-change.tsx'
import type { Worder } from './words.ts'

type Props = { weighing: Weighing; words: Worder; judgement: ReactNode }

/** The verdict and everything it stands on; moves as one answers. */
export function VerdictAside({ weighing, words, judgement }: Props) {
  const { catalog, result } = weighing
  const look = lookOf(catalog, result.outcome)
  const edge = verdictLook(look)
    .split(' ')
    .filter((name) => name.startsWith('border'))
  return (
    <div id="verdict" className={classes('scroll-mt-24 overflow-hidden rounded-8 border-2 bg-white', ...edge)}>
      <Verdict weighing={weighing} words={words} />
      <div className="flex flex-col gap-5 p-5 [&>section+section]:border-t [&>section+section]:border-solid-gray-200 [&>section+section]:pt-5">
        <Axes weighing={weighing} words={words} />
        <Reasons weighing={weighing} words={words} />
        <WhatWouldChange weighing={weighing} words={words} />
        <Duties weighing={weighing} words={words} />
        {judgement}
      </div>
    </div>
  )
}

function Verdict({ weighing, words }: Omit<Props, 'judgement'>) {
  const { catalog, result } = weighing
  const t = useTexts()
  const look = lookOf(catalog, result.outcome)
  const ground = verdictLook(look)
    .split(' ')
    .filter((name) => !name.startsWith('border'))
  return (
    <div className={classes('px-5 pt-4 pb-4', ...ground)}>
      <h2 className="text-note text-solid-gray-700">{t.finder.verdict.heading}</h2>
      <p className="flex gap-2.5 text-std-24B-150">
        <Icon name={verdictIcon(look)} size={30} className="mt-1" />
        <span>{words.outcome(result.outcome)}</span>
      </p>
      {result.outcome === cannotDecide && <Open weighing={weighing} words={words} />}
      <Otherwise weighing={weighing} />
      <Moved weighing={weighing} words={words} />
    </div>
  )
}

/** Where the Chief AI Officer decided otherwise on these very answers, that stands beside the verdict of the rule. */
function Otherwise({ weighing }: { weighing: Weighing }) {
  const t = useTexts()
  const { current } = weighing.finder
  if (!current?.judgement || current.judgement.verdict === current.outcome) return null
  if (!sameAnswers(current.answers, weighing.answers)) return null
  return (
    <p className="mt-2 flex flex-wrap items-center gap-1.5 text-note">
      <span>{t.finder.verdict.judged}</span>
      <VerdictTag verdict={current.judgement.verdict} />
    </p>
  )
}

/** Unanswered: the questions that would settle it, as links to them, and what may still come out. */
function Open({ weighing, words }: Omit<Props, 'judgement'>) {
  const { catalog, result } = weighing
  const t = useTexts()
  return (
    <div className="mt-1 text-note">
      <p>{t.finder.verdict.settles(result.matter.length)}</p>
      <ul className="my-1 list-disc pl-5">
        {result.matter.map((question) => (
          <li key={question}>
            <Link href={`#q-${question}`}>{words.question(question)}</Link>
          </li>
        ))}
      </ul>
      <p className="flex flex-wrap items-center gap-1.5">
        <span>{t.finder.verdict.possible}</span>
        {result.possible.map((outcome) => (
          <OutcomeTag key={outcome} catalog={catalog} outcome={outcome} words={words} />
        ))}
      </p>
    </div>
  )
}

/** Speaks changes of the verdict, and nothing else. The first verdict is read, not spoken. */
export function SpokenVerdict({ weighing, words }: Omit<Props, 'judgement'>) {
  const t = useTexts()
  const { by } = moved(weighing.trail)
  const verdict = words.outcome(by?.to ?? '')
  const open = t.ui.list((by?.matter ?? []).map(words.question))
  return (
    <p aria-live="polite" className="sr-only">
      {by && (open === '' ? t.finder.verdict.spoken(verdict) : t.finder.verdict.spokenOpen(verdict, open))}
    </p>
  )
}

/** At narrow widths the conclusion stays at the top. */
export function ConclusionBar({ weighing, words }: Omit<Props, 'judgement'>) {
  const { catalog, result } = weighing
  const t = useTexts()
  const look = lookOf(catalog, result.outcome)
  return (
    <div
      data-print="hide"
      className={classes(
        'sticky top-0 z-10 -mx-4 mb-5 flex items-center justify-between gap-3 border-0! border-b-2! px-4 py-2 sm:-mx-8 sm:px-8 lg:hidden',
        verdictLook(look),
      )}
    >
      <span className="flex items-center gap-2 font-700">
        <Icon name={verdictIcon(look)} size={22} />
        {words.shortOutcome(result.outcome)}
      </span>
      <Link href="#verdict">{t.finder.verdict.reasons}</Link>
    </div>
  )
}
