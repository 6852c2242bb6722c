import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'

import type { OwnAnswer, OwnTender } from '#procurement/tenders/api.ts'
import { labelOf } from '#procurement/sheets/model.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { MainAndAside, Page } from '#web/ui/page.tsx'
import { DefinitionList, Panel } from '#web/ui/panel.tsx'
import { Tabs } from '#web/ui/tabs.tsx'

import { AnswerCard } from './answer-card.tsx'
import { ownTenderQuery } from './calls.ts'
import { EarlierPanel } from './earlier-panel.tsx'
import { HandInPanel } from './hand-in-panel.tsx'
import { ProposalsPanel, type Taken } from './proposals-panel.tsx'
import { SpreadsheetPanel } from './spreadsheet-panel.tsx'
import { State } from './tenders-screen.tsx'

/** One tender as its supplier answers it. */
export function OwnTenderScreen() {
  const t = useTexts().tenders
  const { id } = useParams({ from: '/tenders/$id' })
  const tender = useQuery(ownTenderQuery(id))
  const title = tender.data ? `${tender.data.number} ${tender.data.title}` : t.title
  return (
    <Page title={title} crumbs={[{ name: t.title, href: paths.tenders() }]}>
      <Loaded query={tender}>{(data) => <Answering key={data.id} tender={data} />}</Loaded>
    </Page>
  )
}

function Answering({ tender }: { tender: OwnTender }) {
  const t = useTexts().tenders
  const pick = usePick()
  const format = useFormat()
  /** Words taken from a model description, by item, until the card has them. */
  const [taken, setTaken] = useState<Readonly<Record<string, Taken>>>({})
  return (
    <MainAndAside
      main={
        <>
          <Told tender={tender} />
          {tender.closed === null && (
            <>
              <EarlierPanel tender={tender} />
              <SpreadsheetPanel tender={tender} />
              <ProposalsPanel
                tender={tender}
                onTake={(item, words) => {
                  setTaken((before) => ({ ...before, [item]: words }))
                  document.getElementById(item)?.scrollIntoView({ block: 'start' })
                }}
              />
            </>
          )}
          <Items tender={tender} taken={taken} />
        </>
      }
      aside={
        <>
          <HandInPanel tender={tender} />
          <Panel>
            <DefinitionList
              items={[
                { term: t.columns.organisation, detail: pick(tender.organisation) },
                { term: t.columns.deadline, detail: format.dateTime(tender.deadline) },
                { term: t.columns.state, detail: <State tender={tender} /> },
              ]}
            />
            {tender.message !== '' && (
              <>
                <h3 className="mt-4 text-std-16B-170">{t.message}</h3>
                <p className="whitespace-pre-wrap">{tender.message}</p>
              </>
            )}
            <p className="mt-4 text-note text-solid-gray-700">{t.visibility}</p>
          </Panel>
        </>
      }
    />
  )
}

function Told({ tender }: { tender: OwnTender }) {
  const t = useTexts().tenders
  const { ui } = useTexts()
  const format = useFormat()
  return (
    <div className="mb-5 flex flex-col gap-3 empty:hidden">
      {tender.outcome !== null ? (
        <Notice kind="information" title={t.outcome[tender.outcome]} />
      ) : (
        tender.closed !== null && <Notice kind="attention" title={t.closed[tender.closed]} />
      )}
      {tender.closed === null && tender.unsent > 0 && (
        <Notice kind="attention" title={t.unsent(format.number(tender.unsent))} />
      )}
      {tender.dropped.length > 0 && (
        <Notice kind="information" title={t.dropped(ui.list(tender.dropped.map(({ item }) => labelOf(item))))} />
      )}
    </div>
  )
}

type Shown = 'all' | 'open' | 'amended'
const shows: Record<Shown, (item: OwnAnswer) => boolean> = {
  all: () => true,
  open: ({ fulfils }) => fulfils === null,
  amended: ({ answeredText }) => answeredText !== null,
}

function Items({ tender, taken }: { tender: OwnTender; taken: Readonly<Record<string, Taken>> }) {
  const t = useTexts().tenders
  const [shown, setShown] = useState<Shown>('all')
  const items = tender.items.filter(shows[shown])
  return (
    <Tabs
      label={t.filter.name}
      look="pills"
      value={shown}
      onChange={(id) => setShown(id as Shown)}
      tabs={(['all', 'open', 'amended'] as const).map((id) => ({
        id,
        name: t.filter[id],
        count: tender.items.filter(shows[id]).length,
      }))}
    >
      {items.length === 0 && <p>{t.noneLeft}</p>}
      <ul className="flex flex-col gap-5">
        {items.map((item) => (
          <li key={item.id} id={item.item} className="scroll-mt-4">
            <AnswerCard tender={tender} answer={item} taken={taken[item.item]} />
          </li>
        ))}
      </ul>
    </Tabs>
  )
}
