import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { PublicationInput, PublicationState, Published, PublicPart } from '#consultation/advice/api.ts'
import { api } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Checkbox } from '#web/ui/choices.tsx'
import { formatNumber, useFormat } from '#web/ui/format.ts'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { TextArea, TextField } from '#web/ui/text-field.tsx'

import { adviceChanged, publicationQuery } from './calls.ts'

/** Chooses what is withheld, shows how it will read, publishes, and takes back. For the secretariat. */
export function Publication({ caseId }: { caseId: string }) {
  const t = useTexts()
  const query = useQuery(publicationQuery(caseId))
  return (
    <div className="mt-8">
      <Panel title={t.advice.publish.title} level={3}>
        <Loaded query={query}>
          {(state) =>
            state.published === null ? (
              <PublishForm key={state.parts.length} caseId={caseId} state={state} />
            ) : (
              <IsPublished caseId={caseId} published={state.published} />
            )
          }
        </Loaded>
      </Panel>
    </div>
  )
}

function useKindName(): (part: Pick<PublicPart, 'kind' | 'number'>) => string {
  const t = useTexts()
  return ({ kind, number }) => t.advice.publish.kinds[kind](formatNumber(number))
}

function PublishForm({ caseId, state }: { caseId: string; state: PublicationState }) {
  const t = useTexts()
  const words = t.advice.publish
  const queryClient = useQueryClient()
  const [title, setTitle] = useState('')
  const [about, setAbout] = useState('')
  // Who sees to a condition tells the ministry: withheld unless somebody decides otherwise.
  const [withheld, setWithheld] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(state.parts.filter(({ kind }) => kind === 'owner').map(({ id }) => [id, words.ownerReason])),
  )
  const publish = useMutation({
    mutationFn: () => {
      const parts = Object.entries(withheld).map(([part, reason]) => ({ part, reason }))
      const body: PublicationInput = { title, about, withheld: parts }
      return api.post<Published>(`/board/cases/${caseId}/advice/publication`, body)
    },
    onSuccess: async (answer) => {
      if (answer.ok) await adviceChanged(queryClient)
    },
  })
  const blocked =
    title.trim() === '' || about.trim() === ''
      ? words.headMissing
      : Object.values(withheld).some((reason) => reason.trim() === '')
        ? words.reasonMissing
        : undefined
  return (
    <div className="flex flex-col gap-6">
      <p>{words.lead}</p>
      <TextField label={words.head} requirement="required" width="full" value={title} onChange={setTitle} />
      <TextArea label={words.about} requirement="required" rows={3} width="full" value={about} onChange={setAbout} />
      <PartsChoice parts={state.parts} withheld={withheld} onChange={setWithheld} />
      <Preview parts={state.parts} withheld={withheld} />
      {publish.data?.ok === false && <Leaks parts={state.parts} reasons={publish.data.reasons} />}
      {publish.isError && <Problem error={publish.error} takesFocus />}
      <div>
        <Button look="outline" busy={publish.isPending} blockedBecause={blocked} onPress={() => publish.mutate()}>
          {words.deed}
        </Button>
      </div>
    </div>
  )
}

type Chosen = { withheld: Readonly<Record<string, string>>; onChange: (next: Readonly<Record<string, string>>) => void }

function PartsChoice({ parts, withheld, onChange }: Chosen & { parts: readonly PublicPart[] }) {
  const t = useTexts()
  const words = t.advice.publish
  const kindName = useKindName()
  const without = (id: string) => Object.fromEntries(Object.entries(withheld).filter(([part]) => part !== id))
  return (
    <fieldset>
      <legend className="mb-2 font-700 text-solid-gray-900">{words.parts}</legend>
      <ul>
        {parts.map((part) => {
          const reason = withheld[part.id]
          return (
            <li key={part.id} className="border-b border-solid-gray-200 py-3">
              <p className="text-note font-700">{kindName(part)}</p>
              <p className="whitespace-pre-line">{part.text}</p>
              <Checkbox
                chosen={reason !== undefined}
                onChange={(chosen) => onChange(chosen ? { ...withheld, [part.id]: '' } : without(part.id))}
                label={`${words.withhold}：${kindName(part)}`}
              >
                {words.withhold}
              </Checkbox>
              {reason !== undefined && (
                <TextField
                  label={words.reason}
                  requirement="required"
                  dense
                  width="full"
                  value={reason}
                  onChange={(value) => onChange({ ...withheld, [part.id]: value })}
                />
              )}
            </li>
          )
        })}
      </ul>
    </fieldset>
  )
}

/** As it will read, with a black bar in the place of what is withheld. */
function Preview({ parts, withheld }: { parts: readonly PublicPart[]; withheld: Chosen['withheld'] }) {
  const t = useTexts()
  const words = t.advice.publish
  const kindName = useKindName()
  return (
    <section aria-label={words.preview} className="rounded-8 border border-solid-gray-420 p-4">
      <h4 className="mb-2 font-700 text-solid-gray-900">{words.preview}</h4>
      {parts.map((part) => {
        const reason = withheld[part.id]
        return (
          <p key={part.id} className="my-2 whitespace-pre-line">
            {!part.kind.startsWith('paragraph') && <span className="text-note">{kindName(part)}：</span>}
            {reason === undefined ? (
              part.text
            ) : (
              <>
                <span className="bg-solid-gray-900 px-2 text-white">{words.withheld}</span>
                <span className="text-note">{words.because(reason)}</span>
              </>
            )}
          </p>
        )
      })}
    </section>
  )
}

function Leaks({
  parts,
  reasons,
}: {
  parts: readonly PublicPart[]
  reasons: Extract<Published, { ok: false }>['reasons']
}) {
  const t = useTexts()
  const words = t.advice.publish
  const kindName = useKindName()
  const partName = (id: string): string => {
    const part = parts.find((one) => one.id === id)
    return part ? kindName(part) : (words.what[id] ?? id)
  }
  const whereName = (where: string): string => {
    if (where === 'title' || where === 'about') return words.where[where]
    return where.startsWith('reason:') ? `${words.where.reason}（${partName(where.slice(7))}）` : partName(where)
  }
  return (
    <Notice kind="error" level={3} title={words.refused} takesFocus>
      <ul>
        {reasons.map(({ params }) => {
          const [part, where] = [String(params['part']), String(params['where'])]
          return <li key={`${part} ${where}`}>{words.leak(partName(part), whereName(where))}</li>
        })}
      </ul>
    </Notice>
  )
}

function IsPublished({ caseId, published }: { caseId: string; published: NonNullable<PublicationState['published']> }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.advice.publish
  const queryClient = useQueryClient()
  const [reason, setReason] = useState<string>()
  const takeBack = useMutation({
    mutationFn: () => api.post(`/board/cases/${caseId}/advice/publication/withdrawal`, { words: reason }),
    onSuccess: () => adviceChanged(queryClient),
  })
  return (
    <>
      <p className="font-700">{words.published(f.dateTime(published.at))}</p>
      <p className="my-3 whitespace-pre-line">{published.content}</p>
      {reason === undefined ? (
        <Button size="medium" onPress={() => setReason('')}>
          {words.takeBack}
        </Button>
      ) : (
        <div className="flex flex-col gap-4">
          <TextField
            label={words.takeBackReason}
            requirement="required"
            width="full"
            value={reason}
            onChange={setReason}
          />
          {takeBack.isError && <Problem error={takeBack.error} takesFocus />}
          <div className="flex flex-wrap gap-3">
            <Button
              size="medium"
              busy={takeBack.isPending}
              blockedBecause={reason.trim() === '' ? t.advice.form.reasonMissing : undefined}
              onPress={() => takeBack.mutate()}
            >
              {words.takeBack}
            </Button>
            <Button look="text" size="medium" onPress={() => setReason(undefined)}>
              {t.advice.form.cancel}
            </Button>
          </div>
        </div>
      )}
    </>
  )
}
