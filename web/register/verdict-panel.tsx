import { useQuery } from '@tanstack/react-query'

import { type Assessment, verdictOf } from '#finder/api.ts'
import type { SystemDetail } from '#register/api.ts'
import type { Verdict } from '#register/model.ts'
import { finderQuery } from '#web/finder/load.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { classes } from '#web/ui/class-names.ts'
import { useFormat } from '#web/ui/format.ts'
import { Icon } from '#web/ui/icon.tsx'
import { ButtonLink, Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { verdictIcon, verdictLook } from '#web/ui/tags.tsx'

import { VerdictGrounds } from './verdict-grounds.tsx'

type Use = SystemDetail['uses'][number]

/** The verdict of one use: word, shape, reasons with their marks, and what makes it stale. */
export function VerdictPanel({ use }: { use: Use }) {
  const t = useTexts()
  const finder = useQuery(finderQuery(use.id))
  const sentence = t.words.verdictSentences[use.verdict]
  return (
    <section
      aria-label={sentence}
      className={classes(
        'rounded-8 border-2 bg-white p-5',
        verdictLook(use.verdict).replaceAll(/\b(bg|text)-\S+|\bhatch\b/g, ''),
      )}
    >
      <VerdictTitle verdict={use.verdict} sentence={sentence} />
      <StaleNote use={use} />
      {use.verdict === 'not-reported' ? (
        <>
          <p className="mt-2">{t.register.system.verdict.notYet}</p>
          <p className="mt-1 text-note text-solid-gray-700">{t.register.system.verdict.notYetTodo}</p>
          <div className="mt-4">
            <ButtonLink href={paths.useFinder(use.id)} size="medium">
              {t.register.system.verdict.start}
            </ButtonLink>
          </div>
        </>
      ) : (
        <Loaded query={finder}>{({ current }) => current && <Grounds useId={use.id} assessment={current} />}</Loaded>
      )}
    </section>
  )
}

function VerdictTitle({ verdict, sentence }: { verdict: Verdict; sentence: string }) {
  const colour = verdictLook(verdict)
    .split(' ')
    .filter((one) => one.startsWith('text-'))
    .join(' ')
  return (
    <h2 className={classes('flex items-start gap-3 text-std-22B-150', colour)}>
      <Icon name={verdictIcon(verdict)} size={28} className="mt-0.5" />
      <span>{sentence}</span>
    </h2>
  )
}

function StaleNote({ use }: { use: Use }) {
  const t = useTexts()
  const f = useFormat()
  if (!use.stale) return null
  return (
    <div className={classes('mt-2 rounded-4 border px-3 py-2 text-note', verdictLook('stale'))}>
      <ul>
        {use.staleFacts.map(({ field, at }) => (
          <li key={field} className="flex gap-2">
            <Icon name={verdictIcon('stale')} size={16} className="mt-1" />
            {t.register.system.verdict.stale(t.fields.labels[field], f.date(at))}
          </li>
        ))}
      </ul>
      <p className="mt-1">
        <Link href={paths.useFinder(use.id)}>{t.register.system.verdict.again}</Link>
      </p>
    </div>
  )
}

function Grounds({ useId, assessment }: { useId: string; assessment: Assessment }) {
  const t = useTexts()
  const pick = usePick()
  const f = useFormat()
  const words = t.register.system.verdict
  const { judgement } = assessment
  const ruled = verdictOf(assessment.outcome)
  return (
    <>
      <VerdictGrounds assessment={assessment}>
        <p className="mt-2 text-note text-solid-gray-700">
          {assessment.madeBy !== null && words.judgedBy(pick(assessment.madeBy.post))}{' '}
          <Link href={paths.useFinder(useId)}>{words.details}</Link>
        </p>
      </VerdictGrounds>
      {judgement !== null && (
        <div className="mt-3 border-t border-solid-gray-200 pt-3">
          <p className="font-700 text-solid-gray-900">
            {ruled === judgement.verdict
              ? words.confirmed(t.words.verdicts[ruled])
              : words.override(t.words.verdicts[ruled], t.words.verdicts[judgement.verdict])}
          </p>
          <blockquote className="mt-1 whitespace-pre-wrap">{judgement.reason}</blockquote>
          <p className="text-note text-solid-gray-700">
            {words.overrideBy(
              judgement.by === null ? t.words.roles.caio : pick(judgement.by.post),
              f.date(judgement.at),
            )}
          </p>
        </div>
      )}
    </>
  )
}
