import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Figure, Overview } from '#overview/api.ts'
import type { UseRow } from '#register/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { overviewQuery } from '#web/overview/load.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink, Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'
import { AbsenceMark, VerdictTag } from '#web/ui/tags.tsx'
import { Tabs } from '#web/ui/tabs.tsx'

const kinds = ['cannot-decide', 'stale', 'not-reported'] as const
type Kind = (typeof kinds)[number]

type Uses = { readonly items: readonly UseRow[] }

/** Each kind with its number and the filter under which the register shows all of them. */
const figuresOf = (overview: Overview): Readonly<Record<Kind, Figure>> => ({
  'cannot-decide': overview.total.counts['cannot-decide'],
  stale: overview.stale,
  'not-reported': overview.notReported.verdict,
})

/** The uses a verdict is wanted for, of the organisation for which the person acts. */
export function UsesToJudge() {
  const t = useTexts()
  const words = t.finder.home
  const [kind, setKind] = useState<Kind>('cannot-decide')
  const overview = useQuery(overviewQuery(''))
  const figures = overview.data && figuresOf(overview.data)
  return (
    <Section title={words.waiting}>
      <Tabs
        label={words.waiting}
        tabs={kinds.map((id) => ({ id, name: words.tabs[id], count: figures?.[id].count }))}
        value={kind}
        onChange={(id) => setKind(id as Kind)}
      >
        <p className="mb-3 text-note text-solid-gray-700">{words.helps[kind]}</p>
        <Loaded query={overview}>{(data) => <List key={kind} kind={kind} figure={figuresOf(data)[kind]} />}</Loaded>
      </Tabs>
    </Section>
  )
}

function List({ kind, figure }: { kind: Kind; figure: Figure }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.finder.home
  const query = useQuery({
    queryKey: ['uses', 'to-judge', figure.filter],
    queryFn: ({ signal }) => api.get<Uses>('/uses', { query: { ...figure.filter, limit: 20 }, signal }),
  })
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <p>{words.none[kind]}</p>
        ) : (
          <>
            <UseTable kind={kind} items={items} />
            <p className="mt-3 text-note">
              {figure.count > items.length && words.first(f.number(items.length), f.number(figure.count))}{' '}
              <Link href={paths.register(figure.filter)}>{words.all}</Link>
            </p>
          </>
        )
      }
    </Loaded>
  )
}

function UseTable({ kind, items }: { kind: Kind; items: readonly UseRow[] }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.finder.home
  const stages: Readonly<Record<string, string>> = t.fields.codes.stage
  const why: Column<UseRow> = {
    id: 'why',
    name: words.why,
    cell: (row) =>
      t.ui.list(row.staleFacts.map(({ field, at }) => t.finder.stale.staleFact(t.fields.labels[field], f.date(at)))),
  }
  const columns: readonly Column<UseRow>[] = [
    {
      id: 'name',
      name: words.name,
      cell: (row) => (
        <>
          <Link href={paths.system(row.systemId)}>{row.name}</Link>
          <span className="block text-solid-gray-700">{row.number}</span>
        </>
      ),
    },
    { id: 'organisation', name: words.organisation, cell: (row) => pick(row.organisation.name) },
    {
      id: 'stage',
      name: words.stage,
      cell: ({ stage }) =>
        'absent' in stage ? <AbsenceMark absent={stage} /> : (stages[String(stage.value)] ?? String(stage.value)),
    },
    ...(kind === 'stale' ? [why] : []),
    { id: 'verdict', name: words.verdict, cell: (row) => <VerdictTag verdict={row.verdict} /> },
    {
      id: 'deed',
      name: words.judge,
      hiddenName: true,
      align: 'right',
      cell: (row) => (
        <ButtonLink href={paths.useFinder(row.useId)} size="small" label={words.judgeOf(row.name)}>
          {words.judge}
        </ButtonLink>
      ),
    },
  ]
  return <DataTable caption={words.tabs[kind]} rows={items} rowKey={(row) => row.useId} columns={columns} />
}
