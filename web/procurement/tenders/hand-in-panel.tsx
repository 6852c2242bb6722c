import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { OwnTender } from '#procurement/tenders/api.ts'
import { ApiError } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Notice } from '#web/ui/notice.tsx'
import { Panel } from '#web/ui/panel.tsx'

import { handIn } from './calls.ts'
import { Refused } from './refused.tsx'

/** Everything is handed in at once; what is not answered is said before. */
export function HandInPanel({ tender }: { tender: OwnTender }) {
  const t = useTexts().tenders.handIn
  const closed = useTexts().tenders.closed
  const format = useFormat()
  const queryClient = useQueryClient()
  const [asking, setAsking] = useState(false)
  const deed = useMutation({
    mutationFn: () => handIn(tender.id, tender.sending),
    onSettled: async () => {
      setAsking(false)
      await queryClient.invalidateQueries({ queryKey: ['tenders'] })
      await queryClient.invalidateQueries({ queryKey: ['navigation-counts'] })
    },
  })
  const { answered, asked } = tender
  const blocked = tender.closed !== null ? closed[tender.closed] : answered === 0 ? t.nothing : undefined
  const amended = deed.error instanceof ApiError && deed.error.code === 'changed-meanwhile'
  return (
    <div className="mb-5">
      <Panel title={t.title}>
        <p className="mb-4">{t.lead(format.number(answered), format.number(asked))}</p>
        {deed.data && (
          <div className="mb-4">
            <Notice kind="success" title={t.done(format.number(deed.data.number))}>
              <p className="text-note break-all">{t.doneText(deed.data.digest)}</p>
            </Notice>
          </div>
        )}
        {amended ? <Notice kind="attention" title={t.amended} takesFocus /> : <Refused error={deed.error} />}
        <Button
          look="filled"
          full
          onPress={() => setAsking(true)}
          {...(blocked === undefined ? {} : { blockedBecause: blocked })}
        >
          {tender.handedIn > 0 ? t.again : t.deed}
        </Button>
      </Panel>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t.ask}
        deed={tender.handedIn > 0 ? t.again : t.deed}
        onDeed={() => deed.mutate()}
        busy={deed.isPending}
      >
        <p>{answered === asked ? t.complete : t.asks(format.number(asked - answered))}</p>
        <p>{t.until(format.dateTime(tender.deadline))}</p>
      </ConfirmDialog>
    </div>
  )
}
