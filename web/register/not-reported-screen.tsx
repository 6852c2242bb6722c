import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'

import type { FieldRow, Overview, OverviewRow } from '#overview/api.ts'
import { fieldStates } from '#overview/api.ts'
import { overviewQuery } from '#web/overview/load.ts'
import { fieldName, rowName } from '#web/overview/names.ts'
import { paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink, Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'

import { OrganisationChoice } from './organisation-choice.tsx'

/** What nobody has reported yet, by field and by organisation; every figure leads to the uses it counts. */
export function NotReportedListScreen() {
  const t = useTexts()
  const words = t.register.notReported
  const router = useRouter()
  const organisation = oneOf(useSearch({ strict: false }), 'organisation')
  const overview = useQuery(overviewQuery(organisation))
  return (
    <Page title={words.title} lead={words.lead} crumbs={[{ name: t.register.title, href: paths.register() }]}>
      <div className="mb-6">
        <OrganisationChoice
          value={organisation === '' ? (overview.data?.organisation.id ?? '') : organisation}
          onChange={(id) => router.history.push(paths.notReported({ organisation: id }))}
        />
      </div>
      <Loaded query={overview}>
        {(data) => (data.uses.count === 0 ? <Empty why={words.nothing} /> : <Gaps overview={data} />)}
      </Loaded>
    </Page>
  )
}

function Gaps({ overview }: { overview: Overview }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.register.notReported
  const { verdict, ofAll, inOperation, fields } = overview.notReported
  const fieldColumns = useFieldColumns()
  const organisationColumns = useOrganisationColumns()
  const n = f.number(verdict.count)
  return (
    <>
      <div className="mb-8">
        <Panel title={words.verdictTitle} edge="dashed">
          {verdict.count === 0 ? (
            <p>{words.none}</p>
          ) : (
            <>
              <p>{words.verdictSentence(n, f.number(ofAll))}</p>
              {inOperation.count > 0 && (
                <p>
                  <Link href={paths.register(inOperation.filter)}>
                    {words.inOperation(f.number(inOperation.count))}
                  </Link>
                </p>
              )}
              <div className="mt-4">
                <ButtonLink href={paths.register(verdict.filter)} size="medium">
                  {words.open(n)}
                </ButtonLink>
              </div>
            </>
          )}
        </Panel>
      </div>
      <Section title={words.byOrganisationTitle}>
        <DataTable
          caption={words.byOrganisationTable}
          columns={organisationColumns}
          rows={overview.byOrganisation}
          rowKey={({ key, itselfOnly }) => `${key}:${itselfOnly}`}
        />
      </Section>
      <Section title={words.fieldsTitle} aside={words.fieldsAside}>
        <DataTable
          caption={words.fieldsTable}
          columns={fieldColumns}
          rows={fields.toSorted((a, b) => b.unanswered - a.unanswered)}
          rowKey={({ field }) => field}
        />
      </Section>
    </>
  )
}

function useFieldColumns(): readonly Column<FieldRow>[] {
  const t = useTexts()
  const f = useFormat()
  const words = t.register.notReported
  const stateName = (state: (typeof fieldStates)[number]) => (state === 'value' ? words.value : t.words.absences[state])
  return [
    {
      id: 'field',
      name: words.field,
      cell: ({ field }) => <span className="font-700 text-solid-gray-900">{fieldName(t, field)}</span>,
    },
    ...fieldStates.toReversed().map((state): Column<FieldRow> => ({
      id: state,
      name: stateName(state),
      align: 'right',
      cell: (row) => {
        const n = f.number(row[state])
        const filter = row.filters[state]
        if (row[state] === 0 || filter === undefined) return n
        return (
          <Link href={paths.register(filter)} label={words.linkOf(fieldName(t, row.field), stateName(state), n)}>
            {n}
          </Link>
        )
      },
    })),
    {
      id: 'all',
      name: words.all,
      align: 'right',
      cell: (row) => f.number(fieldStates.reduce((sum, state) => sum + row[state], 0)),
    },
  ]
}

type OrganisationRow = Overview['byOrganisation'][number]

function useOrganisationColumns(): readonly Column<OrganisationRow>[] {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.register.notReported
  const missing = (row: OverviewRow) => row.counts['not-reported']
  const figure = (count: number, filter: Record<string, string>, name: string) =>
    count === 0 ? (
      f.number(0)
    ) : (
      <Link href={paths.register(filter)} label={words.linkOf(name, words.missing, f.number(count))}>
        {f.number(count)}
      </Link>
    )
  const nameOf = (row: OrganisationRow) => rowName(t, pick, 'organisation', row)
  return [
    {
      id: 'organisation',
      name: words.organisation,
      cell: (row) => <Link href={paths.notReported({ organisation: row.key })}>{nameOf(row)}</Link>,
    },
    { id: 'uses', name: words.uses, align: 'right', cell: ({ total }) => f.number(total.count) },
    {
      id: 'missing',
      name: words.missing,
      align: 'right',
      cell: (row) => figure(missing(row).count, missing(row).filter, nameOf(row)),
    },
    {
      id: 'share',
      name: words.shareColumn,
      align: 'right',
      cell: (row) => f.share(missing(row).count, row.total.count),
    },
  ]
}
