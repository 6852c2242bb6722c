import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Webhook } from '#notifications/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Page } from '#web/ui/page.tsx'

import { Secret } from './webhook-secret.tsx'
import { WebhookForm } from './webhook-form.tsx'
import { WebhookPanel } from './webhook-panel.tsx'

/** Where other systems are told of changes. */
export function WebhooksScreen() {
  const t = useTexts()
  const words = t.notices.webhooks
  const [adding, setAdding] = useState(false)
  const [secret, setSecret] = useState<string>()
  const [said, setSaid] = useState('')
  const blockedBecause = useMe()?.may['manage-webhooks'] === true ? undefined : words.blocked
  const query = useQuery({
    queryKey: ['webhooks'],
    queryFn: ({ signal }) => api.get<{ webhooks: Webhook[] }>('/webhooks', { signal }),
  })
  const add = (
    <Button look="filled" icon="plus" blockedBecause={blockedBecause} onPress={() => setAdding(true)}>
      {words.add}
    </Button>
  )
  return (
    <Page title={words.title} lead={words.lead} crumbs={[{ name: t.shell.product, href: paths.overview() }]}>
      {secret !== undefined && <Secret secret={secret} onDone={() => setSecret(undefined)} />}
      {said !== '' && <Notice kind="success" title={said} />}
      {adding && (
        <WebhookForm
          onDone={(made) => {
            setAdding(false)
            if (made) setSecret(made)
          }}
        />
      )}
      <Loaded query={query}>
        {({ webhooks }) =>
          webhooks.length === 0 ? (
            !adding && <Empty why={words.none} todo={words.noneTodo} action={add} />
          ) : (
            <>
              {!adding && <div className="mb-6">{add}</div>}
              <ul className="flex flex-col gap-6">
                {webhooks.map((hook) => (
                  <li key={hook.id}>
                    <WebhookPanel hook={hook} onSecret={setSecret} onSaid={setSaid} />
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
    </Page>
  )
}
