import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'

import type { Report } from '#consultation/reports/api.ts'
import { sections } from '#consultation/reports/model.ts'
import { api, apiAddress } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useMe } from '#web/shell/session.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink, Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { DefinitionList, Panel } from '#web/ui/panel.tsx'
import { MainAndAside, Page, Section } from '#web/ui/page.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { reportQuery } from './calls.ts'
import { useFigureNames } from './figure-names.ts'
import { SectionFigures } from './figures.tsx'
import { ReportDeeds } from './report-deeds.tsx'
import { WriteReport } from './write-report.tsx'

/** One report: figures as frozen, texts of the office, and its way to the Board. */
export function ReportScreen() {
  const { id } = useParams({ from: '/reports/$id' })
  return <Loaded query={useQuery(reportQuery(id))}>{(report) => <Shown report={report} />}</Loaded>
}

function Shown({ report }: { report: Report }) {
  const t = useTexts()
  const words = t.reports.one
  const pick = usePick()
  const f = useFormat()
  const { language } = useLanguage()
  const names = useFigureNames()
  useMarkRead(report)
  const { period, number, state } = report
  return (
    <Page
      title={words.titleOf(pick(report.organisation.name))}
      crumbs={[{ name: t.reports.title, href: paths.reports() }]}
      lead={
        <span className="flex flex-wrap items-center gap-2">
          <Tag tone={state === 'submitted' ? 'success' : 'quiet'}>{names.words.states[state]}</Tag>
          <span>{t.reports.list.period(f.date(period.from), f.date(period.to))}</span>
          <span>{t.reports.list.versionOf(f.number(number))}</span>
        </span>
      }
      actions={
        <>
          <ButtonLink
            size="medium"
            icon="download"
            download
            href={apiAddress(`/reports/${report.id}/file`, { language })}
          >
            {words.download}
          </ButtonLink>
          <Button size="medium" onPress={() => window.print()}>
            {words.print}
          </Button>
        </>
      }
    >
      <MainAndAside
        main={
          report.can.write.ok ? (
            <WriteReport key={report.version} report={report} />
          ) : (
            sections.map((id) => (
              <Section key={id} title={names.words.sections[id]}>
                <SectionFigures id={id} report={report} />
                <p lang="ja" className="mt-3 whitespace-pre-wrap">
                  {report.texts[id]?.trim() || <span className="text-solid-gray-700">{names.words.noText}</span>}
                </p>
              </Section>
            ))
          )
        }
        aside={
          <div data-print="hide" className="flex flex-col gap-6">
            <ReportDeeds report={report} />
            <Facts report={report} />
            <Events report={report} />
          </div>
        }
        asideName={words.events}
      />
    </Page>
  )
}

/** A member of the Board opens a report by looking at it. */
function useMarkRead({ id, state }: Report): void {
  const role = useMe()?.role
  const queryClient = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: () => api.post(`/reports/${id}/read`, {}),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['navigation-counts'] }),
  })
  const reads = state === 'submitted' && (role === 'board' || role === 'secretariat')
  useEffect(() => {
    if (reads) mutate()
  }, [reads, mutate])
}

function Facts({ report }: { report: Report }) {
  const t = useTexts()
  const words = t.reports.one
  const f = useFormat()
  const pick = usePick()
  const names = useFigureNames()
  const by = (who: Report['checkedBy'], at: string | null) =>
    at === null ? words.notYet : words.by(who ? pick(who.post) : t.evidence.someone, f.dateTime(at))
  return (
    <Panel title={t.reports.list.state}>
      <DefinitionList
        items={[
          { term: words.due, detail: f.date(report.period.dueOn) },
          { term: words.figuresAt, detail: f.dateTime(report.figuresAt) },
          { term: words.checked, detail: by(report.checkedBy, report.checkedAt) },
          { term: words.submitted, detail: by(report.submittedBy, report.submittedAt) },
          ...(report.digest === null
            ? []
            : [{ term: words.digest, detail: <code className="break-all text-note">{report.digest}</code> }]),
          ...(report.others.length === 0
            ? []
            : [
                {
                  term: words.others,
                  detail: report.others.map((one) => (
                    <Link key={one.id} href={paths.report(one.id)}>
                      {words.otherOf(f.number(one.number), names.words.states[one.state])}
                    </Link>
                  )),
                },
              ]),
        ]}
      />
      <p className="mt-3 text-note text-solid-gray-700">{words.frozen}</p>
    </Panel>
  )
}

function Events({ report }: { report: Report }) {
  const t = useTexts()
  const words = t.reports.one
  const f = useFormat()
  const pick = usePick()
  if (report.events.length === 0) return null
  return (
    <Panel title={words.events}>
      <ol className="flex flex-col gap-2">
        {report.events.map((event) => (
          <li key={event.id} className="text-note">
            <time dateTime={event.at} className="text-solid-gray-700">
              {f.dateTime(event.at)}
            </time>{' '}
            {event.by ? pick(event.by.post) : t.evidence.someone} {words.types[event.type]}
            {event.note !== null && (
              <span lang="ja" className="block">
                {event.note}
              </span>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
