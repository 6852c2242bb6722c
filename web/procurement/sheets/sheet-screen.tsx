import { useQuery } from '@tanstack/react-query'
import { useParams, useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import type { SheetItem } from '#procurement/sheets/api.ts'
import type { SheetPage } from '#procurement/sheets/api-page.ts'
import { type SheetKind, sheetKinds } from '#procurement/sheets/model.ts'
import { oneOf } from '#web/search.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Page } from '#web/ui/page.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { useNarrow } from '#web/ui/use-narrow.ts'

import { AcceptPanel } from './accept-panel.tsx'
import { sheetQuery } from './calls.ts'
import { countsOf, groupsOf, shownItems, type View, views } from './figures.ts'
import { Legend } from './legend.tsx'
import { OpenedItem } from './opened-item.tsx'
import { SheetActions } from './sheet-actions.tsx'
import { SheetCards } from './sheet-cards.tsx'
import { SheetCounts } from './sheet-counts.tsx'
import { SheetFoot, useSheetLead } from './sheet-foot.tsx'
import { SheetGrid } from './sheet-grid.tsx'
import { StaleNotice } from './stale-notice.tsx'
import { StepsPanel } from './steps-panel.tsx'

/** The thread of one procurement from requirement to proof: both check sheets on one page. */
export function ProcurementScreen() {
  const t = useTexts()
  const { id } = useParams({ from: '/procurement/$id' })
  const query = useQuery(sheetQuery(id))
  const crumbs = [{ name: t.procurement.title, href: paths.procurements() }]
  if (query.data === undefined)
    return (
      <Page title={t.procurement.title} crumbs={crumbs}>
        <Loaded query={query}>{() => null}</Loaded>
      </Page>
    )
  return <SheetOf page={query.data} />
}

/** Sheet, view and opened rows stand in the address, so that a link leads to the row. */
function useSheetAddress(id: string) {
  const search = useSearch({ strict: false })
  const router = useRouter()
  const sheet = sheetKinds.find((kind) => kind === oneOf(search, 'sheet')) ?? 'procurement-check'
  const view = views.find((one) => one === oneOf(search, 'view')) ?? 'all'
  const opened = new Set((oneOf(search, 'open') ?? '').split(' ').filter((item) => item !== ''))
  const go = (next: { sheet?: SheetKind; view?: View; opened?: ReadonlySet<string> }) => {
    const to = { sheet, view, opened, ...next }
    const open = [...to.opened].join(' ')
    const query = {
      sheet: to.sheet === 'procurement-check' ? '' : to.sheet,
      view: to.view === 'all' ? '' : to.view,
      open,
    }
    router.history.replace(paths.procurement(id, query))
  }
  return { sheet, view, opened, go }
}

function SheetOf({ page }: { page: SheetPage }) {
  const t = useTexts().procurement
  const { sheet: kind, go } = useSheetAddress(page.sheet.id)
  const [accepted, setAccepted] = useState<string>()
  const { system } = page.sheet
  const countOf = (one: SheetKind) => page.sheet.items.filter((item) => item.sheet === one).length
  return (
    <Page
      wide
      title={t.sheets[kind]}
      crumbs={[
        { name: t.title, href: paths.procurements() },
        { name: system.name, href: paths.system(system.id) },
      ]}
      lead={useSheetLead(page.sheet)}
      actions={<SheetActions page={page} />}
    >
      <div aria-live="polite" className="empty:hidden">
        {accepted !== undefined && <Notice kind="success" title={accepted} />}
      </div>
      <StaleNotice page={page} />
      <AcceptPanel page={page} onAccepted={setAccepted} />
      <Tabs
        label={t.head.sheets}
        tabs={sheetKinds.map((one) => ({ id: one, name: t.sheets[one], count: countOf(one) }))}
        value={kind}
        onChange={(id) => go({ sheet: id === 'contract-check' ? id : 'procurement-check' })}
      >
        <SheetBody key={kind} page={page} kind={kind} />
      </Tabs>
      <div className="mt-8">
        <StepsPanel page={page} />
      </div>
    </Page>
  )
}

function SheetBody({ page, kind }: { page: SheetPage; kind: SheetKind }) {
  const t = useTexts().procurement
  const narrow = useNarrow()
  const { view, opened, go } = useSheetAddress(page.sheet.id)
  const items = page.sheet.items.filter((item) => item.sheet === kind)
  // What a contract must say is asked of the bidders by the requirements, not by the checks of the contract.
  const shown: SheetPage = kind === 'contract-check' ? { ...page, bidders: [], cells: {} } : page
  const groups = groupsOf(items, shownItems(items, shown, view))
  const toggle = (item: string, open: boolean) => {
    const next = new Set(opened)
    if (open) next.add(item)
    else next.delete(item)
    go({ opened: next })
  }
  const openItem = (item: string) => go({ sheet: sheetOf(page, item), view: 'all', opened: new Set([...opened, item]) })
  const details = (item: SheetItem) => <OpenedItem item={item} page={shown} onOpenItem={openItem} />
  const rows = { groups, page: shown, opened, onToggle: toggle, details }
  const openHere = items.some((item) => opened.has(item.item))
  return (
    <>
      <h2 className="sr-only">{t.counts.label}</h2>
      <SheetCounts items={items} page={shown} />
      <Legend
        bidders={shown.bidders.length}
        leftOut={countsOf(items, shown).leftOut}
        view={view}
        onView={(next) => go({ view: next })}
        onCloseAll={openHere ? () => go({ opened: new Set() }) : undefined}
      />
      {groups.length === 0 && <p className="my-6">{t.grid.noneShown}</p>}
      {groups.length > 0 && (narrow ? <SheetCards {...rows} /> : <SheetGrid caption={t.sheets[kind]} {...rows} />)}
      <SheetFoot page={page} />
    </>
  )
}

const sheetOf = (page: SheetPage, item: string): SheetKind =>
  page.sheet.items.find((one) => one.item === item)?.sheet ?? 'procurement-check'
