import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Assessment } from '#finder/api.ts'
import { paths } from '#web/paths.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Section } from '#web/ui/page.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag, VerdictTag } from '#web/ui/tags.tsx'

import { editionQuery } from '#web/catalog/load.ts'
import { OutcomeTag } from './outcome-look.tsx'
import { readSections } from './reading.ts'
import type { Weighing } from './weighing.ts'
import { type Worder, worderOf } from './words.ts'

type Props = { weighing: Weighing; words: Worder }

/** Every assessment ever made of the use, each with its own edition. None is replaced. */
export function History({ weighing, words }: Props) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const [open, setOpen] = useState<string | undefined>(undefined)
  const { history, current } = weighing.finder
  const texts = t.finder.history
  return (
    <Section title={texts.title} id="history">
      {history.length === 0 ? (
        <p>{texts.none}</p>
      ) : (
        <DataTable
          caption={texts.title}
          rows={history}
          rowKey={(one) => one.id}
          rowName={(one) => texts.open(f.dateTime(one.madeAt))}
          opening={{ key: open, onOpen: setOpen, details: (one) => <Details assessment={one} /> }}
          columns={[
            {
              id: 'at',
              name: texts.at,
              cell: (one) => (
                <>
                  {f.dateTime(one.madeAt)} {one.id === current?.id && <Tag tone="blue">{texts.current}</Tag>}
                </>
              ),
            },
            {
              id: 'edition',
              name: texts.edition,
              cell: (one) => (
                <Link href={paths.catalog(one.catalog, one.edition)}>
                  {t.catalog.shortEdition(one.catalog, one.edition)}
                </Link>
              ),
            },
            {
              id: 'rule',
              name: texts.rule,
              cell: (one) => (
                <>
                  <OutcomeTag catalog={weighing.catalog} outcome={one.outcome} words={words} />{' '}
                  {one.stale && <VerdictTag verdict="stale" />}
                </>
              ),
            },
            {
              id: 'judgement',
              name: texts.judgement,
              cell: (one) =>
                one.judgement === null ? texts.noJudgement : <VerdictTag verdict={one.judgement.verdict} />,
            },
            {
              id: 'by',
              name: texts.by,
              cell: (one) => (one.madeBy === null ? t.finder.history.noPerson : pick(one.madeBy.post)),
            },
          ]}
        />
      )}
    </Section>
  )
}

/** The answers as they were given, in the words of the edition they were given to. */
function Details({ assessment }: { assessment: Assessment }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const { language } = useLanguage()
  const edition = useQuery(editionQuery(assessment.catalog, assessment.edition))
  const { judgement } = assessment
  return (
    <Loaded query={edition}>
      {({ catalog }) => {
        const words = worderOf(catalog, readSections(catalog), t, language)
        const asked = catalog.questions.filter(
          (q) => assessment.result.visible.includes(q.id) || assessment.answers[q.id] !== undefined,
        )
        return (
          <>
            {judgement && (
              <p className="mb-2 text-note">
                {t.finder.override.by(
                  judgement.by === null ? t.finder.history.noPerson : pick(judgement.by.post),
                  f.dateTime(judgement.at),
                )}{' '}
                {t.finder.history.reason(judgement.reason)}
              </p>
            )}
            <ul className="text-note">
              {asked.map((q) => (
                <li key={q.id} className="border-b border-solid-gray-200 py-1.5">
                  {words.text(q.title)}
                  <b className="block">{words.answer(q, assessment.answers[q.id])}</b>
                </li>
              ))}
            </ul>
            <p className="mt-2 text-note break-all text-solid-gray-700">{t.finder.history.digest(assessment.digest)}</p>
          </>
        )
      }}
    </Loaded>
  )
}
