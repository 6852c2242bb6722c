import { useState } from 'react'

import { verdicts, type Verdict } from '#register/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { FilterChips } from '#web/ui/chips.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Section } from '#web/ui/page.tsx'
import { Pager, type PageSize } from '#web/ui/pager.tsx'
import { PopoverButton } from '#web/ui/popover-button.tsx'
import { DataTable, type Order } from '#web/ui/table.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { VerdictTag } from '#web/ui/tags.tsx'

import { useContent } from './content.ts'

type Row = { readonly id: string; readonly name: string; readonly verdict: Verdict; readonly uses: number }

export function Tables() {
  const t = useTexts()
  const g = useContent()
  const f = useFormat()
  const [sort, setSort] = useState<{ column: string; order: Order }>({ column: 'updated', order: 'descending' })
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set(['1']))
  const [open, setOpen] = useState<string | undefined>('2')
  const [size, setSize] = useState<PageSize>(20)
  const [tab, setTab] = useState('0')
  const rows = g.rows.map((name, i): Row => ({
    id: String(i),
    name,
    verdict: verdicts[i] ?? 'proceed',
    uses: 1204 * (i + 1),
  }))
  const choose = (chosen: boolean, ids: readonly string[]) =>
    setKeys(new Set(chosen ? [...keys, ...ids] : [...keys].filter((key) => !ids.includes(key))))
  return (
    <Section title={g.tables}>
      <Tabs
        label={g.tables}
        value={tab}
        onChange={setTab}
        tabs={g.tab.map((name, i) => ({ id: String(i), name, count: i === 2 ? 27 : undefined }))}
      >
        <p className="mb-3 text-note">{g.tab[Number(tab)]}</p>
      </Tabs>
      <div className="mb-4">
        <FilterChips
          chips={[
            { id: 'stage', name: g.stage, values: g.stages.slice(1, 3) },
            { id: 'personal', name: g.personal, values: [g.yes, t.words.absences.unanswered] },
          ]}
          onRemove={() => undefined}
          onRemoveAll={() => undefined}
          add={
            <PopoverButton name={t.ui.addFilter} look="chip" icon="plus">
              {() => <p>{g.details}</p>}
            </PopoverButton>
          }
        />
      </div>
      <DataTable<Row>
        caption={g.tables}
        rows={rows}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        sort={sort}
        onSort={(column, order) => setSort({ column, order })}
        selection={{
          keys,
          onRow: (key, chosen) => choose(chosen, [key]),
          onAll: (chosen) =>
            choose(
              chosen,
              rows.map(({ id }) => id),
            ),
        }}
        opening={{ key: open, onOpen: setOpen, details: () => <p>{g.details}</p> }}
        columns={[
          {
            id: 'name',
            name: g.name,
            sorts: true,
            cell: ({ name }) => (
              <Link href="/register" bold>
                {name}
              </Link>
            ),
          },
          { id: 'unit', name: g.organisation, cell: () => g.unit },
          { id: 'verdict', name: g.verdict, cell: ({ verdict }) => <VerdictTag verdict={verdict} /> },
          { id: 'uses', name: g.uses, align: 'right', cell: ({ uses }) => f.number(uses) },
          {
            id: 'updated',
            name: g.updated,
            sorts: true,
            cell: () => <span className="keep">{f.date('2026-11-20')}</span>,
          },
        ]}
      />
      <Pager size={size} onSize={setSize} onNext={() => undefined} />
    </Section>
  )
}
