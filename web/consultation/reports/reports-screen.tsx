import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'

import type { ReportList } from '#consultation/reports/api.ts'
import { reportWords } from '#consultation/reports/words.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useMe } from '#web/shell/session.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { ProvenanceTag } from '#web/ui/provenance-tag.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { reportsQuery } from './calls.ts'

type Period = ReportList['periods'][number]
type Row = Period['rows'][number]

/** Reports by period and ministry; what was not submitted is a row of its own and says so. */
export function ReportsScreen() {
  const t = useTexts()
  const words = t.reports
  const role = useMe()?.role
  const board = role === 'board' || role === 'secretariat'
  const query = useQuery(reportsQuery)
  return (
    <Page
      title={words.title}
      lead={board ? words.boardLead : words.lead}
      crumbs={[{ name: t.shell.product, href: paths.overview() }]}
    >
      <Loaded query={query}>
        {(list) => (
          <>
            {list.periods.map((period) => (
              <OnePeriod key={period.key} period={period} />
            ))}
            <p className="mt-6 flex flex-wrap items-center gap-2 text-note">
              <ProvenanceTag provenance="preset" sources={[]} />
              {words.list.rule}
            </p>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function OnePeriod({ period }: { period: Period }) {
  const words = useTexts().reports.list
  const pick = usePick()
  const f = useFormat()
  const title = words.period(f.date(period.from), f.date(period.to))
  return (
    <Section
      title={title}
      aside={
        <span className="flex flex-wrap items-center gap-2 text-note">
          {period.current && <Tag tone="blue">{words.current}</Tag>}
          {words.due(f.date(period.dueOn))}
        </span>
      }
    >
      {period.rows.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <DataTable
          caption={title}
          rows={period.rows}
          rowKey={(row) => row.organisation.id}
          columns={[
            { id: 'ministry', name: words.ministry, rowHead: true, cell: (row) => pick(row.organisation.name) },
            { id: 'version', name: words.version, cell: (row) => <Versions row={row} /> },
            { id: 'state', name: words.state, cell: (row) => <StateOf row={row} /> },
            {
              id: 'submittedAt',
              name: words.submittedAt,
              cell: (row) => {
                const at = row.reports.find((one) => one.submittedAt !== null)?.submittedAt
                return at == null ? '–' : f.dateTime(at)
              },
            },
            {
              id: 'compose',
              name: words.compose,
              hiddenName: true,
              cell: (row) => <Compose row={row} period={period} />,
            },
          ]}
        />
      )}
    </Section>
  )
}

function Versions({ row }: { row: Row }) {
  const words = useTexts().reports.list
  const pick = usePick()
  const f = useFormat()
  if (row.reports.length === 0) return '–'
  return (
    <span className="flex flex-wrap gap-x-3">
      {row.reports.map((one) => (
        <Link
          key={one.id}
          href={paths.report(one.id)}
          label={words.open(pick(row.organisation.name), words.versionOf(f.number(one.number)))}
          bold
        >
          {words.versionOf(f.number(one.number))}
        </Link>
      ))}
    </span>
  )
}

function StateOf({ row }: { row: Row }) {
  const words = useTexts().reports.list
  const { language } = useLanguage()
  const latest = row.reports[0]
  const states = reportWords[language].states
  return (
    <span className="flex flex-wrap gap-1">
      {latest && <Tag tone={latest.state === 'submitted' ? 'success' : 'quiet'}>{states[latest.state]}</Tag>}
      {!row.reports.some((one) => one.state === 'submitted') && (
        <>
          <Tag tone="attention">{words.notSubmitted}</Tag>
          {row.overdue ? <Tag tone="error">{words.overdue}</Tag> : <Tag tone="quiet">{words.notYet}</Tag>}
        </>
      )}
    </span>
  )
}

function Compose({ row, period }: { row: Row; period: Period }) {
  const words = useTexts().reports.list
  const pick = usePick()
  const router = useRouter()
  const queryClient = useQueryClient()
  const compose = useMutation({
    mutationFn: () => api.post<{ id: string }>('/reports', { period: period.key, organisationId: row.organisation.id }),
    onSuccess: async ({ id }) => {
      router.history.push(paths.report(id))
      await queryClient.invalidateQueries({ queryKey: ['reports'] })
      await queryClient.invalidateQueries({ queryKey: ['navigation-counts'] })
    },
  })
  if (!row.mayCompose) return null
  return (
    <>
      <Button
        size="small"
        label={(row.reports.length > 0 ? words.replaceOf : words.composeOf)(pick(row.organisation.name))}
        busy={compose.isPending}
        onPress={() => compose.mutate()}
      >
        {row.reports.length > 0 ? words.replace : words.compose}
      </Button>
      {compose.isError && <Problem error={compose.error} />}
    </>
  )
}
