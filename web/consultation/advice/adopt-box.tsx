import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Adopted, Advice } from '#consultation/advice/api.ts'
import { api } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Notice } from '#web/ui/notice.tsx'
import { Problem } from '#web/ui/problem.tsx'

import { adviceChanged } from './calls.ts'

const dayMs = 86_400_000

/** Adopts, or says everything that still keeps it from being adopted; the button stays in its place. */
export function AdoptBox({ all, submittedAt }: { all: Advice; submittedAt: string | null }) {
  const t = useTexts()
  const words = t.advice.adopt
  const queryClient = useQueryClient()
  const [asking, setAsking] = useState(false)
  const [done, setDone] = useState(false)
  const adopt = useMutation({
    mutationFn: () =>
      api.post<Adopted>(`/board/cases/${all.caseId}/advice/adoption`, undefined, { version: all.advice?.version ?? 0 }),
    onSuccess: async (answer) => {
      setDone(answer.ok)
      await adviceChanged(queryClient)
    },
    onSettled: () => setAsking(false),
  })
  if (done) return <Notice kind="success" level={3} title={words.done} />
  if (all.advice?.state === 'adopted' || !all.may.draft) return null
  const blocked = all.reasons.length > 0
  return (
    <div className="mt-6 flex flex-col gap-4 rounded-8 border border-solid-gray-420 p-5 md:flex-row md:items-center md:justify-between">
      <div className="min-w-0" aria-live="polite">
        <p className="font-700 text-solid-gray-900">{blocked ? words.not : words.ready}</p>
        <Reasons all={all} submittedAt={submittedAt} />
        {adopt.isError && <Problem error={adopt.error} onAgain={() => void adviceChanged(queryClient)} takesFocus />}
      </div>
      <div className="shrink-0">
        <Button
          look="filled"
          blockedBecause={blocked ? words.not : undefined}
          reason="hidden"
          busy={adopt.isPending}
          onPress={() => setAsking(true)}
        >
          {words.deed}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.confirmTitle}
        deed={words.deed}
        busy={adopt.isPending}
        onDeed={() => adopt.mutate()}
      >
        {words.confirm(formatNumber(all.conditions.length))}
      </ConfirmDialog>
    </div>
  )
}

type Waited = { readonly personId: string; readonly since: string }
const waitedFor = (value: unknown): readonly Waited[] => (Array.isArray(value) ? (value as Waited[]) : [])

function Reasons({ all, submittedAt }: { all: Advice; submittedAt: string | null }) {
  const t = useTexts()
  const pick = usePick()
  const words = t.advice.adopt
  const sentences = all.reasons.flatMap(({ code, params }) => {
    if (code === 'declaration-missing')
      return waitedFor(params['members']).map(({ personId, since }) =>
        words.declaration(pick(all.members[personId] ?? { ja: '', en: '' }), dayOf(since || submittedAt)),
      )
    const [given, needed] = [Number(params['given'] ?? 0), Number(params['needed'] ?? 0)]
    if (code === 'opinion-missing' && needed > 1) return [words.opinions(formatNumber(given), formatNumber(needed))]
    return [words.reasons[code] ?? words.other(code)]
  })
  return (
    <>
      <ul className="mt-1">
        {sentences.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      {sentences.length > 0 && <p className="mt-1 text-note">{words.rule}</p>}
    </>
  )
}

/** The day of waiting it is, from 1. */
const dayOf = (since: string | null): string =>
  formatNumber(since === null ? 1 : Math.max(1, Math.ceil((Date.now() - Date.parse(since)) / dayMs)))
