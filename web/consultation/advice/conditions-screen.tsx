import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'

import { type Condition, conditionFilters } from '#consultation/advice/api.ts'
import { apiAddress } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { ButtonLink, Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page } from '#web/ui/page.tsx'
import { Pager } from '#web/ui/pager.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { useCursors } from '#web/ui/use-cursors.ts'

import { conditionsQuery } from './calls.ts'
import { ConditionView } from './condition-view.tsx'
import { Due, EffectWord, StateTag, useOwner } from './condition-words.tsx'

/** Conditions of the Board: what is open, reported, overdue, met; for the Board across ministries, for a ministry its own. */
export function ConditionsScreen() {
  const t = useTexts()
  const { language } = useLanguage()
  const router = useRouter()
  const search = useSearch({ strict: false })
  const words = t.advice
  const show = conditionFilters.find((one) => one === oneOf(search, 'show')) ?? 'all'
  const [system, ofCase, open] = [oneOf(search, 'system'), oneOf(search, 'case'), oneOf(search, 'open')]
  const { cursor, turning } = useCursors()
  const narrowed = { ...(system === '' ? {} : { system }), ...(ofCase === '' ? {} : { case: ofCase }) }
  const asked = { show, ...narrowed }
  const query = useQuery(conditionsQuery({ ...asked, ...(cursor ? { cursor } : {}) }))
  const go = (more: Readonly<Record<string, string>>) =>
    router.history.replace(paths.boardConditions({ show, ...narrowed, open, ...more }))
  const file = (format: 'csv' | 'xlsx') => apiAddress('/board/conditions/file', { ...asked, format, language })
  const counts = query.data?.counts
  return (
    <Page
      wide
      title={words.title}
      crumbs={[
        { name: t.shell.product, href: paths.overview() },
        { name: t.docket.title, href: paths.docket() },
      ]}
      lead={words.lead}
      actions={
        <>
          <ButtonLink href={file('csv')} size="medium" icon="download" download>
            {words.csv}
          </ButtonLink>
          <ButtonLink href={file('xlsx')} size="medium" icon="download" download>
            {words.xlsx}
          </ButtonLink>
        </>
      }
    >
      {(system !== '' || ofCase !== '') && (
        <p className="mb-4">
          {words.ofSystem} <Link href={paths.boardConditions({ show })}>{words.showAll}</Link>
        </p>
      )}
      <Tabs
        label={words.filters.label}
        look="pills"
        tabs={['all' as const, ...conditionFilters.filter((one) => one !== 'all')].map((id) => ({
          id,
          name: words.filters[id],
          ...(counts === undefined ? {} : { count: counts[id] }),
        }))}
        value={show}
        onChange={(id) => go({ show: id, open: '' })}
      >
        <Loaded query={query}>
          {(page) =>
            page.items.length === 0 ? (
              <p>{words.none}</p>
            ) : (
              <>
                <ConditionsTable items={page.items} open={open} onOpen={(id) => go({ open: id ?? '' })} />
                <Pager {...turning(page.next)} />
              </>
            )
          }
        </Loaded>
      </Tabs>
    </Page>
  )
}

type TableProps = { items: readonly Condition[]; open: string; onOpen: (id: string | undefined) => void }

function ConditionsTable({ items, open, onOpen }: TableProps) {
  const t = useTexts()
  const pick = usePick()
  const owner = useOwner()
  const words = t.advice.columns
  return (
    <DataTable
      caption={t.advice.title}
      rows={items}
      rowKey={({ id }) => id}
      rowName={(c) => t.advice.row(formatNumber(c.position))}
      rowTone={(c) => (c.overdue ? 'error' : c.id === open ? 'chosen' : undefined)}
      opening={{ key: open === '' ? undefined : open, onOpen, details: (c) => <ConditionView id={c.id} /> }}
      columns={[
        {
          id: 'condition',
          name: words.condition,
          rowHead: true,
          cell: (c) => (
            <>
              <span className="block">{pick(c.text)}</span>
              <span className="text-note font-400">
                <Link href={paths.boardCase(c.caseId)}>{t.advice.caseLink(c.caseNumber ?? '')}</Link> {c.systemName}（
                {pick(c.organisation.name)}）
              </span>
            </>
          ),
        },
        { id: 'effect', name: words.effect, cell: (c) => <EffectWord effect={c.effect} /> },
        { id: 'stage', name: words.stage, cell: (c) => t.fields.codes.stage[c.stage] },
        { id: 'owner', name: words.owner, cell: owner },
        { id: 'due', name: words.due, cell: (c) => <Due day={c.dueOn} /> },
        { id: 'state', name: words.state, cell: (c) => <StateTag condition={c} /> },
      ]}
    />
  )
}
