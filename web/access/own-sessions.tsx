import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { OwnSession } from '#access/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useSession } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'

const key = ['sessions']

/** Where one is signed in: one device is signed out, or all of them. */
export function OwnSessions() {
  const t = useTexts()
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<{ sessions: OwnSession[] }>('/sessions', { signal }),
  })
  return (
    <Section title={t.account.sessions}>
      <p className="mb-3">{t.account.sessionsLead}</p>
      <Loaded query={query}>{({ sessions }) => <Sessions sessions={sessions} />}</Loaded>
    </Section>
  )
}

function Sessions({ sessions }: { sessions: OwnSession[] }) {
  const t = useTexts()
  const queryClient = useQueryClient()
  const { signOut } = useSession()
  const [failure, setFailure] = useState<unknown>()
  const [ended, setEnded] = useState('')
  const end = (one: OwnSession) => {
    setFailure(undefined)
    setEnded('')
    if (one.current) {
      signOut().catch(setFailure)
      return
    }
    api
      .delete(`/sessions/${one.id}`)
      .then(() => setEnded(t.account.ended(t.account.deviceOf(one))))
      .catch(setFailure)
      .finally(() => void queryClient.invalidateQueries({ queryKey: key }))
  }
  return (
    <>
      {failure !== undefined && <Problem error={failure} takesFocus />}
      {ended !== '' && <Notice kind="success" title={ended} takesFocus />}
      <SessionTable sessions={sessions} onEnd={end} />
      <Everywhere count={sessions.length} onFailure={setFailure} />
    </>
  )
}

function SessionTable({ sessions, onEnd }: { sessions: OwnSession[]; onEnd: (one: OwnSession) => void }) {
  const t = useTexts()
  const { dateTime } = useFormat()
  return (
    <DataTable
      caption={t.account.sessions}
      rows={sessions}
      rowKey={({ id }) => id}
      columns={[
        {
          id: 'device',
          name: t.account.device,
          cell: (one) => (
            <span className="inline-flex flex-wrap items-center gap-2">
              {t.account.deviceOf(one)}
              {one.current && <Tag tone="blue">{t.account.here}</Tag>}
            </span>
          ),
        },
        { id: 'signedIn', name: t.account.signedIn, cell: (one) => dateTime(one.signedInAt) },
        { id: 'lastSeen', name: t.account.lastSeen, cell: (one) => dateTime(one.lastSeenAt) },
        {
          id: 'end',
          name: t.account.end,
          cell: (one) => (
            <Button
              look="text"
              size="small"
              label={t.account.endOne(t.account.deviceOf(one), dateTime(one.signedInAt))}
              onPress={() => onEnd(one)}
            >
              {t.account.end}
            </Button>
          ),
        },
      ]}
    />
  )
}

function Everywhere({ count, onFailure }: { count: number; onFailure: (error: unknown) => void }) {
  const t = useTexts()
  const { number } = useFormat()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const leave = () => {
    setBusy(true)
    api.delete('/sessions').then(
      () => window.location.assign(paths.signIn()),
      (error: unknown) => {
        setBusy(false)
        setAsking(false)
        onFailure(error)
      },
    )
  }
  return (
    <div className="mt-4">
      <Button look="outline" tone="danger" onPress={() => setAsking(true)}>
        {t.account.everywhere}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t.account.everywhereTitle(number(count))}
        deed={t.account.everywhere}
        onDeed={leave}
        tone="danger"
        busy={busy}
      >
        {t.account.everywhereText}
      </ConfirmDialog>
    </div>
  )
}
