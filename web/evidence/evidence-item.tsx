import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Evidence } from '#evidence/api.ts'
import { apiAddress } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Tag } from '#web/ui/tags.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { evidenceQuery, prove, withdraw } from './calls.ts'
import { EvidenceProblem } from './evidence-problem.tsx'

type Props = { evidence: Evidence; mayWithdraw: boolean }

/** One paper: what it is, who attached it, its hash, and whether the store still holds just these bytes. */
export function EvidenceItem({ evidence: e, mayWithdraw }: Props) {
  const t = useTexts().evidence
  const f = useFormat()
  const pick = usePick()
  const proving = useMutation({ mutationFn: () => prove(e.id) })
  const who = (name: Evidence['addedBy']) => (name === null ? t.someone : pick(name))
  return (
    <li className="border-t border-solid-gray-200 py-4 first:border-t-0 first:pt-0">
      <p className="flex flex-wrap items-center gap-2">
        <a
          href={apiAddress(`/evidence/${e.id}/content`)}
          download
          className="inline-flex min-h-11 items-center gap-1 font-700 text-blue-1000 underline"
        >
          <Icon name="download" size={20} />
          {e.title}
        </a>
        <Tag tone="quiet">{t.classifications[e.classification] ?? e.classification}</Tag>
        {e.withdrawn && <Tag tone="attention">{t.withdrawn}</Tag>}
      </p>
      <p className="text-note break-all text-solid-gray-700">
        {e.fileName}　{f.bytes(e.bytes)}　{t.addedAt(f.date(e.addedAt), who(e.addedBy))}
      </p>
      <p className="text-note break-all text-solid-gray-700">
        {t.hash} <code>{e.sha256}</code>
      </p>
      {e.withdrawn && (
        <p className="mt-1">{t.withdrawnOn(f.date(e.withdrawn.at), who(e.withdrawn.by), e.withdrawn.because)}</p>
      )}
      <div className="mt-2 flex flex-wrap gap-4">
        <Button
          look="text"
          size="small"
          label={t.proveOf(e.title)}
          busy={proving.isPending}
          onPress={() => proving.mutate()}
        >
          {t.prove}
        </Button>
        {mayWithdraw && !e.withdrawn && <Withdraw evidence={e} />}
      </div>
      <div aria-live="polite" className="empty:hidden">
        {proving.data && (
          <Notice
            kind={proving.data.ok ? 'success' : 'error'}
            title={(proving.data.ok ? t.proven : t.notProven)(e.title)}
          />
        )}
        {proving.isError && <EvidenceProblem error={proving.error} />}
      </div>
    </li>
  )
}

function Withdraw({ evidence: e }: { evidence: Evidence }) {
  const t = useTexts().evidence
  const queryClient = useQueryClient()
  const [open, setOpen] = useState(false)
  const [because, setBecause] = useState('')
  const withdrawing = useMutation({
    mutationFn: () => withdraw(e.id, because.trim()),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: evidenceQuery(e.item).queryKey }),
  })
  return (
    <>
      <Button look="text" size="small" label={t.withdrawOf(e.title)} onPress={() => setOpen(true)}>
        {t.withdraw}
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={t.withdrawTitle}
        deed={t.withdraw}
        onDeed={() => withdrawing.mutate()}
        busy={withdrawing.isPending}
        blockedBecause={because.trim() === '' ? t.needReason : undefined}
      >
        <p className="mb-4">{t.withdrawText(e.title)}</p>
        <TextArea label={t.because} requirement="required" value={because} onChange={setBecause} rows={3} />
        {withdrawing.isError && <EvidenceProblem error={withdrawing.error} />}
      </ConfirmDialog>
    </>
  )
}
