import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Delivery, Webhook } from '#notifications/api.ts'
import { type WebhookEvent, webhookEventNames } from '#notifications/webhook-events.ts'
import { api } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Loaded } from '#web/ui/loading.tsx'
import { Pager } from '#web/ui/pager.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'
import { useCursors } from '#web/ui/use-cursors.ts'

type DeliveryPage = { readonly items: Delivery[]; readonly next: string | null }

/** What was sent, newest first; read when it is opened. */
export function Deliveries({ hook }: { hook: Webhook }) {
  const words = useTexts().notices.webhooks
  const [open, setOpen] = useState(false)
  const id = `deliveries-${hook.id}`
  return (
    <div className="mt-4">
      <Button
        look="text"
        size="medium"
        icon={open ? 'chevron-down' : 'chevron-right'}
        expanded={open}
        controls={id}
        label={words.deliveriesOf(hook.url)}
        onPress={() => setOpen(!open)}
      >
        {words.deliveries}
      </Button>
      <div id={id}>{open && <List hook={hook} />}</div>
    </div>
  )
}

function List({ hook }: { hook: Webhook }) {
  const words = useTexts().notices.webhooks
  const { cursor, turning } = useCursors()
  const query = useQuery({
    queryKey: ['webhooks', hook.id, 'deliveries', cursor],
    queryFn: ({ signal }) => api.get<DeliveryPage>(`/webhooks/${hook.id}/deliveries`, { signal, query: { cursor } }),
    refetchInterval: 5_000,
  })
  return (
    <Loaded query={query}>
      {({ items, next }) =>
        items.length === 0 ? (
          <p className="py-2">{words.deliveriesNone}</p>
        ) : (
          <>
            <DeliveryTable hook={hook} items={items} />
            <Pager {...turning(next)} />
          </>
        )
      }
    </Loaded>
  )
}

const tones = { waiting: 'attention', delivered: 'success', failed: 'error' } as const
const isEvent = (type: string): type is WebhookEvent => (webhookEventNames as string[]).includes(type)

function DeliveryTable({ hook, items }: { hook: Webhook; items: readonly Delivery[] }) {
  const t = useTexts()
  const { number, dateTime } = useFormat()
  const words = t.notices.webhooks
  const answer = ({ status, reason }: Delivery) =>
    t.ui.list([
      ...(status === null ? [] : [String(status)]),
      ...(reason === null ? [] : [words.answers[reason] ?? reason]),
    ])
  return (
    <DataTable
      caption={words.deliveriesOf(hook.url)}
      dense
      rows={[...items]}
      rowKey={({ id }) => id}
      columns={[
        { id: 'at', name: words.at, cell: ({ createdAt }) => dateTime(createdAt), rowHead: true },
        { id: 'event', name: words.event, cell: ({ type }) => (isEvent(type) ? words.eventNames[type] : words.test) },
        {
          id: 'result',
          name: words.result,
          cell: ({ state }) => <Tag tone={tones[state]}>{words.results[state]}</Tag>,
        },
        { id: 'tries', name: words.tries, align: 'right', cell: ({ tries }) => number(tries) },
        { id: 'answer', name: words.answer, cell: answer },
      ]}
    />
  )
}
