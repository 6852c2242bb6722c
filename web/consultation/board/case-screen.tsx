import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'

import type { CaseDetail } from '#consultation/board/api.ts'
import { apiAddress } from '#web/api.ts'
import { AdviceSection } from '#web/consultation/advice/advice-section.tsx'
import { paths } from '#web/paths.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { MainAndAside, Page } from '#web/ui/page.tsx'
import { VerdictTag } from '#web/ui/tags.tsx'

import { caseQuery } from './calls.ts'
import { CaseDeeds } from './case-deeds.tsx'
import { DeclarationsPanel } from './declarations-panel.tsx'
import { DeclareForm } from './declare-form.tsx'
import { DossierPanel } from './dossier-panel.tsx'
import { DraftPanel } from './draft-panel.tsx'
import { OpinionsPanel } from './opinions-panel.tsx'
import { PrecedentsPanel } from './precedents-panel.tsx'
import { QuestionsPanel } from './questions-panel.tsx'

/** One case: to the Board what was submitted and what it thinks of it, to the ministry what it prepares and is asked. */
export function CaseScreen() {
  const { id } = useParams({ from: '/board/cases/$id' })
  const found = useQuery(caseQuery(id))
  return <Loaded query={found}>{(detail) => <Case key={`${detail.id} ${detail.state}`} detail={detail} />}</Loaded>
}

function Case({ detail }: { detail: CaseDetail }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const { language } = useLanguage()
  const words = t.docket.case
  const [asking, setAsking] = useState(false)
  const ministry = pick(detail.organisation.ministry)
  const unit = pick(detail.organisation.name)
  const organisation = unit === ministry ? unit : `${ministry} ${unit}`
  const { inside } = detail
  return (
    <Page
      title={detail.title}
      crumbs={[
        { name: t.shell.product, href: paths.overview() },
        { name: t.docket.list.caption, href: paths.docket() },
      ]}
      lead={
        detail.number === null || detail.submittedAt === null
          ? words.subDraft(organisation)
          : words.sub(organisation, detail.number, f.date(detail.submittedAt))
      }
      actions={
        inside && (
          <>
            {inside.dossier && (
              <ButtonLink href={apiAddress(`/board/cases/${detail.id}/file`, { language })} look="outline" download>
                {words.export}
              </ButtonLink>
            )}
            {detail.may.ask && (
              <Button look="outline" onPress={() => setAsking(true)}>
                {words.ask(ministry)}
              </Button>
            )}
            {detail.standing === 'ministry' && (
              <ButtonLink href={paths.system(inside.systemId)} look="outline">
                {words.systemPage}
              </ButtonLink>
            )}
          </>
        )
      }
    >
      <Summary detail={detail} />
      {detail.state === 'withdrawn' && detail.withdrawnAt !== null && (
        <div className="mb-6">
          <Notice kind="attention" title={words.withdrawn(f.date(detail.withdrawnAt))}>
            {detail.withdrawnBecause}
          </Notice>
        </div>
      )}
      <CaseDeeds detail={detail} />
      {detail.standing === 'recused' && <Recused detail={detail} />}
      {detail.standing === 'undeclared' && detail.may.declare && <DeclareForm detail={detail} />}
      {detail.draft && <DraftPanel detail={detail} draft={detail.draft} />}
      {inside && !detail.draft && (
        <Deliberation detail={detail} inside={inside} asking={asking} onAsked={() => setAsking(false)} />
      )}
    </Page>
  )
}

type DeliberationProps = {
  detail: CaseDetail
  inside: NonNullable<CaseDetail['inside']>
  asking: boolean
  onAsked: () => void
}
function Deliberation({ detail, inside, asking, onAsked }: DeliberationProps) {
  return (
    <>
      <MainAndAside
        main={
          <>
            {inside.dossier && <DossierPanel inside={inside} dossier={inside.dossier} />}
            <OpinionsPanel detail={detail} inside={inside} />
            <QuestionsPanel detail={detail} questions={inside.questions} asking={asking} onAsked={onAsked} />
          </>
        }
        aside={
          <>
            {detail.standing !== 'ministry' && <DeclarationsPanel detail={detail} />}
            {inside.dossier && <PrecedentsPanel caseId={detail.id} />}
          </>
        }
      />
      {inside.dossier && (
        <div className="mt-8">
          <AdviceSection caseId={detail.id} caseDetail={detail} />
        </div>
      )}
    </>
  )
}

function Recused({ detail }: { detail: CaseDetail }) {
  const t = useTexts()
  const words = t.docket.recused
  const [correcting, setCorrecting] = useState(false)
  const mayCorrect = detail.may.declare && detail.own.some(({ own }) => own)
  return (
    <>
      <Notice kind="attention" title={words.title}>
        <p>{words.text}</p>
        {mayCorrect && (
          <>
            <p className="mt-2">{words.correctText}</p>
            {!correcting && (
              <Button look="outline" size="medium" onPress={() => setCorrecting(true)}>
                {words.correct}
              </Button>
            )}
          </>
        )}
      </Notice>
      {correcting && (
        <div className="mt-6">
          <DeclareForm detail={detail} onDone={() => setCorrecting(false)} />
        </div>
      )}
    </>
  )
}

/** Verdict, meeting, opinions, own position: what is to be known before reading. */
function Summary({ detail }: { detail: CaseDetail }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.docket.case
  const { inside, meeting } = detail
  const cells: [string, ReactNode][] = [
    ...(inside?.dossier
      ? [
          [words.verdict(f.date(inside.dossier.at)), <VerdictTag key="v" verdict={inside.dossier.verdict} />] as [
            string,
            ReactNode,
          ],
        ]
      : []),
    [
      words.meeting,
      meeting === null
        ? t.docket.list.noMeeting
        : t.docket.list.meetingOf(String(meeting.number), f.date(meeting.heldOn)),
    ],
    ...(inside
      ? [
          [words.opinions, words.opinionsOf(String(inside.opinions.length), inside.opinionDraft !== null)] as [
            string,
            ReactNode,
          ],
        ]
      : []),
    [words.state, t.docket.states[detail.state]],
    [words.position, t.docket.standings[detail.standing]],
  ]
  return (
    <dl className="mb-6 grid rounded-8 border border-solid-gray-200 bg-white sm:grid-cols-2 lg:auto-cols-fr lg:grid-flow-col lg:grid-cols-none">
      {cells.map(([term, value]) => (
        <div
          key={term}
          className="border-b border-solid-gray-200 px-5 py-3 last:border-b-0 lg:border-r lg:border-b-0 lg:last:border-r-0"
        >
          <dt className="text-note text-solid-gray-700">{term}</dt>
          <dd className="font-700">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
