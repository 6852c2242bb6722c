import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { BulkPreview, BulkResult, BulkSelect } from '#register/api-bulk.ts'
import type { Facts } from '#register/model.ts'
import { api, ApiError } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Notice } from '#web/ui/notice.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'

import { BulkFields } from './bulk-fields.tsx'
import { BulkRows } from './bulk-rows.tsx'
import { registerChanged } from './calls.ts'

type Props = {
  select: BulkSelect
  /** How many are chosen. */
  all: number
  /** `changed`: something was changed, so that what was chosen is done with. */
  onClose: (changed: boolean) => void
}

/** Fields, then every row old and new with the refused ones, then the change of exactly what was shown. */
export function BulkChange({ select, all, onClose }: Props) {
  const t = useTexts()
  const words = t.register.bulk
  const queryClient = useQueryClient()
  const [set, setSet] = useState<Facts>({})
  const [reason, setReason] = useState('')
  const preview = useMutation({
    mutationFn: () => api.post<BulkPreview>('/bulk-changes/preview', { select, set }),
  })
  const apply = useMutation({
    mutationFn: (token: string) =>
      api.post<BulkResult>('/bulk-changes', {
        token,
        select,
        set,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      }),
    onSuccess: () => registerChanged(queryClient),
  })
  const moved = apply.error instanceof ApiError && apply.error.code === 'changed-meanwhile'
  const again = () => {
    apply.reset()
    preview.mutate()
  }
  if (apply.data) return <BulkDone result={apply.data} onClose={() => onClose(true)} />
  return (
    <Section title={preview.data ? words.previewTitle : words.title}>
      {preview.data === undefined ? (
        <BulkFields
          lead={('filter' in select ? words.leadFiltered : words.lead)(formatNumber(all))}
          set={set}
          onSet={setSet}
          reason={reason}
          onReason={setReason}
          busy={preview.isPending}
          onPreview={() => preview.mutate()}
          onCancel={() => onClose(false)}
        />
      ) : (
        <>
          {moved && (
            <Notice
              kind="attention"
              title={words.moved}
              takesFocus
              action={<Button onPress={again}>{words.again}</Button>}
            />
          )}
          {apply.isError && !moved && <Problem error={apply.error} takesFocus />}
          <BulkRows
            preview={preview.data}
            busy={apply.isPending}
            onBack={() => {
              apply.reset()
              preview.reset()
            }}
            onApply={() => apply.mutate(preview.data.token)}
          />
        </>
      )}
      {preview.isError && <Problem error={preview.error} takesFocus />}
    </Section>
  )
}

function BulkDone({ result, onClose }: { result: BulkResult; onClose: () => void }) {
  const t = useTexts()
  const words = t.register.bulk
  return (
    <Notice
      kind="success"
      title={words.done(formatNumber(result.changed))}
      action={<Button onPress={onClose}>{words.close}</Button>}
    >
      {result.refused > 0 && <p>{words.doneRefused(formatNumber(result.refused))}</p>}
    </Notice>
  )
}
