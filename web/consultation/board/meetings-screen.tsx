import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Meeting, Seat } from '#consultation/board/api.ts'
import { paths } from '#web/paths.ts'
import { useMe } from '#web/shell/session.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { meetingsQuery, seatsQuery } from './calls.ts'
import { MeetingForm, SeatForm } from './meeting-forms.tsx'

/** Meetings with their agendas, and who sits on the Board. */
export function MeetingsScreen() {
  const t = useTexts()
  const words = t.docket.meetings
  const only = useMe()?.may['keep-docket'] === true ? undefined : words.onlySecretariat
  return (
    <Page
      title={words.title}
      lead={words.lead}
      crumbs={[
        { name: t.shell.product, href: paths.overview() },
        { name: t.docket.list.caption, href: paths.docket() },
      ]}
    >
      <Meetings only={only} />
      <Seats only={only} />
    </Page>
  )
}

type Editing<T> = T | 'new' | undefined

function Meetings({ only }: { only: string | undefined }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.docket.meetings
  const meetings = useQuery(meetingsQuery)
  const [editing, setEditing] = useState<Editing<Meeting>>()
  const add = (
    <Button size="medium" icon="plus" blockedBecause={only} onPress={() => setEditing('new')}>
      {words.add}
    </Button>
  )
  return (
    <Section title={words.list} aside={add}>
      {editing !== undefined && (
        <Panel className="mb-4">
          <MeetingForm
            key={editing === 'new' ? 'new' : editing.id}
            {...(editing === 'new' ? {} : { meeting: editing })}
            onDone={() => setEditing(undefined)}
          />
        </Panel>
      )}
      <Loaded query={meetings}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty why={words.none} />
          ) : (
            <DataTable<Meeting>
              caption={words.list}
              rows={items}
              rowKey={({ id }) => id}
              rowName={({ number }) => words.numberOf(String(number))}
              columns={[
                { id: 'number', name: words.number, rowHead: true, cell: (m) => words.numberOf(String(m.number)) },
                { id: 'date', name: words.date, cell: (m) => f.date(m.heldOn) },
                {
                  id: 'agenda',
                  name: words.agenda,
                  cell: (m) =>
                    m.cases.length === 0 ? (
                      words.noAgenda
                    ) : (
                      <ul>
                        {m.cases.map((c) => (
                          <li key={c.id}>
                            <Link href={paths.boardCase(c.id)}>{`${c.number} ${c.title}`}</Link>
                          </li>
                        ))}
                      </ul>
                    ),
                },
                { id: 'note', name: words.note, cell: (m) => m.note },
                ...(only === undefined
                  ? [
                      {
                        id: 'deed',
                        name: words.change,
                        hiddenName: true,
                        cell: (m: Meeting) => (
                          <Button
                            look="text"
                            size="small"
                            label={words.changeOf(String(m.number))}
                            onPress={() => setEditing(m)}
                          >
                            {words.change}
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          )
        }
      </Loaded>
    </Section>
  )
}

function Seats({ only }: { only: string | undefined }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.docket.meetings
  const seats = useQuery(seatsQuery)
  const [editing, setEditing] = useState<Editing<Seat>>()
  const add = (
    <Button size="medium" icon="plus" blockedBecause={only} onPress={() => setEditing('new')}>
      {words.addSeat}
    </Button>
  )
  return (
    <Section title={words.seats} aside={add}>
      <Loaded query={seats}>
        {({ items, candidates }) => (
          <>
            {editing !== undefined && (
              <Panel className="mb-4">
                <SeatForm
                  key={editing === 'new' ? 'new' : editing.id}
                  {...(editing === 'new' ? {} : { seat: editing })}
                  candidates={candidates}
                  onDone={() => setEditing(undefined)}
                />
              </Panel>
            )}
            {items.length === 0 ? (
              <Empty why={words.noSeats} />
            ) : (
              <DataTable<Seat>
                caption={words.seats}
                rows={items}
                rowKey={({ id }) => id}
                rowName={({ name }) => pick(name)}
                columns={[
                  {
                    id: 'member',
                    name: words.member,
                    rowHead: true,
                    cell: (s) => (
                      <>
                        {pick(s.name)} {s.chair && <Tag tone="blue">{words.chair}</Tag>}
                      </>
                    ),
                  },
                  { id: 'expertise', name: words.expertise, cell: (s) => pick(s.expertise) },
                  {
                    id: 'term',
                    name: words.term,
                    cell: (s) => f.range(f.date(s.from), s.to === null ? words.open : f.date(s.to)),
                  },
                  ...(only === undefined
                    ? [
                        {
                          id: 'deed',
                          name: words.change,
                          hiddenName: true,
                          cell: (s: Seat) => (
                            <Button
                              look="text"
                              size="small"
                              label={words.changeSeat(pick(s.name))}
                              onPress={() => setEditing(s)}
                            >
                              {words.change}
                            </Button>
                          ),
                        },
                      ]
                    : []),
                ]}
              />
            )}
          </>
        )}
      </Loaded>
    </Section>
  )
}
