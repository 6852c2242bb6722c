import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { NoticeChoices } from '#notifications/api.ts'
import type { MailChoice } from '#notifications/kinds.ts'
import { api } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Select } from '#web/ui/select.tsx'
import { DataTable } from '#web/ui/table.tsx'

const key = ['notice-choices']
const mails = ['at-once', 'daily', 'none'] as const

/** How one is told by mail, for each kind; part of the page of one's account. */
export function NotificationPreferences() {
  const t = useTexts()
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<NoticeChoices>('/notification-choices', { signal }),
  })
  return (
    <Section title={t.notices.choices.title} id="notifications">
      <p className="mb-3">{t.notices.choices.lead}</p>
      <Loaded query={query}>{(choices) => <Choices choices={choices} />}</Loaded>
    </Section>
  )
}

type Changed = { readonly language?: 'ja' | 'en'; readonly kinds: Readonly<Record<string, MailChoice>> }
const nothing: Changed = { kinds: {} }

function Choices({ choices }: { choices: NoticeChoices }) {
  const t = useTexts()
  const words = t.notices.choices
  const [changed, setChanged] = useState<Changed>(nothing)
  const { save, busy, failure, saved } = useSave(() => setChanged(nothing))
  const isChanged = changed.language !== undefined || Object.keys(changed.kinds).length > 0
  return (
    <>
      {failure !== undefined && <Problem error={failure} takesFocus />}
      {saved && !isChanged && <Notice kind="success" title={words.saved} />}
      <Hints choices={choices} />
      <div className="mb-4">
        <Select
          label={words.language}
          width="medium"
          choices={(['ja', 'en'] as const).map((id) => ({ id, name: words.languages[id] }))}
          value={changed.language ?? choices.language}
          onChange={(id) => setChanged({ ...changed, language: id as 'ja' | 'en' })}
        />
      </div>
      <KindTable
        choices={choices}
        chosen={changed.kinds}
        onChoose={(kind, mail) => setChanged({ ...changed, kinds: { ...changed.kinds, [kind]: mail } })}
      />
      <p className="mt-2 text-note text-solid-gray-700">{words.digest(choices.digestAt)}</p>
      <div className="mt-4">
        <Button
          look="filled"
          busy={busy}
          blockedBecause={isChanged ? undefined : words.unchanged}
          onPress={() => save(changed)}
        >
          {words.save}
        </Button>
      </div>
    </>
  )
}

function Hints({ choices: { mail, mailSent } }: { choices: NoticeChoices }) {
  const words = useTexts().notices.choices
  return (
    <div className="mb-4">
      {!mailSent && <p className="mb-2">{words.noServer}</p>}
      {mail === null ? (
        <p>{words.noAddress}</p>
      ) : (
        <p>
          <span className="mr-3 text-solid-gray-700">{words.address}</span>
          <span className="break-all">{mail}</span>
        </p>
      )}
    </div>
  )
}

type KindTableProps = {
  choices: NoticeChoices
  chosen: Readonly<Record<string, MailChoice>>
  onChoose: (kind: string, mail: MailChoice) => void
}
function KindTable({ choices, chosen, onChoose }: KindTableProps) {
  const t = useTexts()
  const words = t.notices.choices
  return (
    <DataTable
      caption={words.title}
      rows={choices.kinds}
      rowKey={({ kind }) => kind}
      columns={[
        {
          id: 'kind',
          name: words.kind,
          cell: ({ kind }) => <span className="md:flex md:min-h-9 md:items-center">{t.notices.kinds[kind]}</span>,
          rowHead: true,
        },
        {
          id: 'mail',
          name: words.mail,
          cell: ({ kind, mail }) => (
            <div className="w-52 max-w-full">
              <Select
                label={t.ui.named(words.mail, t.notices.kinds[kind])}
                hiddenLabel
                dense
                width="full"
                choices={mails.map((id) => ({ id, name: words.mails[id] }))}
                value={chosen[kind] ?? mail}
                onChange={(id) => onChoose(kind, id as MailChoice)}
              />
            </div>
          ),
        },
      ]}
    />
  )
}

function useSave(onSaved: () => void) {
  const queryClient = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [saved, setSaved] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const save = (change: Changed) => {
    setBusy(true)
    setFailure(undefined)
    setSaved(false)
    api
      .patch<NoticeChoices>('/notification-choices', change)
      .then((now) => {
        queryClient.setQueryData(key, now)
        setSaved(true)
        onSaved()
      })
      .catch(setFailure)
      .finally(() => setBusy(false))
  }
  return { save, busy, saved, failure }
}
