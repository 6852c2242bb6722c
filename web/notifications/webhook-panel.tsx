import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Webhook } from '#notifications/api.ts'
import { api } from '#web/api.ts'
import { useMe } from '#web/shell/session.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Notice } from '#web/ui/notice.tsx'
import { DefinitionList, Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { Deliveries } from './deliveries.tsx'
import { WebhookForm } from './webhook-form.tsx'

type Props = { hook: Webhook; onSecret: (secret: string) => void; onSaid: (words: string) => void }

/** One webhook: what it tells, whether it arrives, and what can be done with it. */
export function WebhookPanel({ hook, onSecret, onSaid }: Props) {
  const t = useTexts()
  const pick = usePick()
  const { number } = useFormat()
  const words = t.notices.webhooks
  const [editing, setEditing] = useState(false)
  const { run, failure } = useDeed(onSaid)
  const tone = { active: 'success', paused: 'quiet', failing: 'error' } as const
  if (editing) return <WebhookForm hook={hook} onDone={() => setEditing(false)} />
  return (
    <Panel title={hook.url} aside={<Tag tone={tone[hook.state]}>{words.states[hook.state]}</Tag>}>
      {failure !== undefined && <Problem error={failure} takesFocus />}
      {hook.state === 'failing' && (
        <Notice kind="error" title={words.failingText(number(hook.failures))} takesFocus={false} level={3} />
      )}
      <DefinitionList
        items={[
          { term: words.organisation, detail: pick(hook.organisation.name) },
          { term: words.events, detail: t.ui.list(hook.events.map((event) => words.eventNames[event])) },
          { term: words.week, detail: words.counts(number(hook.delivered), number(hook.failed), number(hook.waiting)) },
        ]}
      />
      <Deeds hook={hook} run={run} onEdit={() => setEditing(true)} onSecret={onSecret} />
      <Deliveries hook={hook} />
    </Panel>
  )
}

type Run = (deed: () => Promise<unknown>, said: string) => void
type DeedsProps = { hook: Webhook; run: Run; onEdit: () => void; onSecret: (secret: string) => void }

function Deeds({ hook, run, onEdit, onSecret }: DeedsProps) {
  const words = useTexts().notices.webhooks
  const [asked, setAsked] = useState<'renew' | 'remove'>()
  const blockedBecause = useMe()?.may['manage-webhooks'] === true ? undefined : words.blocked
  const deed = { size: 'small', blockedBecause, reason: 'hidden' } as const
  const isActive = hook.state === 'active'
  const change = (state: 'active' | 'paused') => () =>
    run(() => api.patch(`/webhooks/${hook.id}`, { state }, { version: hook.version }), words.changed)
  const renew = () =>
    run(() => api.post<{ secret: string }>(`/webhooks/${hook.id}/secret`).then(({ secret }) => onSecret(secret)), '')
  const confirm = () => {
    setAsked(undefined)
    if (asked === 'remove') run(() => api.delete(`/webhooks/${hook.id}`), words.removed)
    else renew()
  }
  return (
    <div role="group" aria-label={words.deeds} className="mt-4 flex flex-wrap gap-2">
      <Button {...deed} label={words.editOf(hook.url)} onPress={onEdit}>
        {words.edit}
      </Button>
      {isActive && (
        <Button {...deed} onPress={() => run(() => api.post(`/webhooks/${hook.id}/test`), words.tested)}>
          {words.sendTest}
        </Button>
      )}
      <Button {...deed} onPress={change(isActive ? 'paused' : 'active')}>
        {isActive ? words.pause : words.resume}
      </Button>
      <Button {...deed} look="text" onPress={() => setAsked('renew')}>
        {words.renew}
      </Button>
      <Button {...deed} look="text" tone="danger" onPress={() => setAsked('remove')}>
        {words.remove}
      </Button>
      <ConfirmDialog
        open={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={asked === 'remove' ? words.removeTitle : words.renewTitle}
        deed={asked === 'remove' ? words.remove : words.renew}
        tone={asked === 'remove' ? 'danger' : 'normal'}
        onDeed={confirm}
      >
        {asked === 'remove' ? words.removeText : words.renewText}
      </ConfirmDialog>
    </div>
  )
}

function useDeed(onSaid: (words: string) => void) {
  const queryClient = useQueryClient()
  const [failure, setFailure] = useState<unknown>()
  const run: Run = (deed, said) => {
    setFailure(undefined)
    onSaid('')
    deed()
      .then(() => onSaid(said))
      .catch(setFailure)
      .finally(() => void queryClient.invalidateQueries({ queryKey: ['webhooks'] }))
  }
  return { run, failure }
}
