import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Webhook } from '#notifications/api.ts'
import { webhookEventNames } from '#notifications/webhook-events.ts'
import { api, ApiError } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { CheckboxGroup } from '#web/ui/choices.tsx'
import { ErrorSummary } from '#web/ui/error-summary.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { TextField } from '#web/ui/text-field.tsx'

type Props = {
  /** The one to change; a new one without it. */
  hook?: Webhook
  /** @param secret of a new one */
  onDone: (secret?: string) => void
}

/** Makes a webhook, or changes one. */
export function WebhookForm({ hook, onDone }: Props) {
  const t = useTexts()
  const words = t.notices.webhooks
  const form = useForm(hook, onDone)
  const prefix = hook?.id ?? 'new'
  const faults = [
    ...(form.urlError === undefined ? [] : [{ id: `${prefix}-url`, words: form.urlError }]),
    ...(form.eventsError === undefined ? [] : [{ id: `${prefix}-events`, words: form.eventsError }]),
  ]
  return (
    <div className="mb-6">
      <Panel title={hook === undefined ? words.add : words.edit} edge="strong" level={hook === undefined ? 2 : 3}>
        {form.failure !== undefined && <Problem error={form.failure} takesFocus />}
        {faults.length > 0 && <ErrorSummary faults={faults} attempt={form.attempt} />}
        <div className="flex flex-col gap-6">
          <TextField
            id={`${prefix}-url`}
            label={words.url}
            help={words.urlHelp}
            requirement="required"
            width="full"
            maxLength={2000}
            value={form.url}
            onChange={form.setUrl}
            {...(form.urlError === undefined ? {} : { error: form.urlError })}
          />
          <CheckboxGroup
            id={`${prefix}-events`}
            label={words.events}
            requirement="required"
            choices={webhookEventNames.map((id) => ({ id, name: words.eventNames[id] }))}
            value={form.events}
            onChange={form.setEvents}
            {...(form.eventsError === undefined ? {} : { error: form.eventsError })}
          />
          <div className="flex flex-wrap gap-3">
            <Button look="text" onPress={() => onDone()}>
              {words.cancel}
            </Button>
            <Button look="filled" busy={form.busy} onPress={form.send}>
              {hook === undefined ? words.create : words.change}
            </Button>
          </div>
        </div>
      </Panel>
    </div>
  )
}

function useForm(hook: Webhook | undefined, onDone: Props['onDone']) {
  const words = useTexts().notices.webhooks
  const queryClient = useQueryClient()
  const [url, setUrl] = useState(hook?.url ?? '')
  const [events, setEvents] = useState<readonly string[]>(hook?.events ?? [])
  const [attempt, setAttempt] = useState(0)
  const [busy, setBusy] = useState(false)
  const [urlFault, setUrlFault] = useState<string>()
  const [failure, setFailure] = useState<unknown>()
  const urlError = attempt > 0 && url.trim() === '' ? words.urlNeeded : urlFault
  const eventsError = attempt > 0 && events.length === 0 ? words.eventsNeeded : undefined
  const fail = (error: unknown) => {
    const fault = urlFaultOf(error)
    if (fault === undefined) setFailure(error)
    else setUrlFault(words.urlFaults[fault])
  }
  const send = () => {
    setAttempt((n) => n + 1)
    setUrlFault(undefined)
    setFailure(undefined)
    if (url.trim() === '' || events.length === 0) return
    setBusy(true)
    const sent =
      hook === undefined
        ? api.post<{ secret: string }>('/webhooks', { url, events }).then(({ secret }) => onDone(secret))
        : api.patch(`/webhooks/${hook.id}`, { url, events }, { version: hook.version }).then(() => onDone())
    sent
      .then(() => queryClient.invalidateQueries({ queryKey: ['webhooks'] }))
      .catch(fail)
      .finally(() => setBusy(false))
  }
  return { url, setUrl, events: [...events], setEvents, attempt, busy, urlError, eventsError, failure, send }
}

type UrlFault = 'unreadable' | 'https' | 'credentials' | 'network'

function urlFaultOf(error: unknown): UrlFault | undefined {
  if (!(error instanceof ApiError) || error.params['reason'] !== 'webhook-url') return undefined
  return error.params['fault'] as UrlFault
}
