import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import type { ComparisonPage } from '#procurement/tenders/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { RadioCards } from '#web/ui/choices.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { useRefreshTender } from './bidders-panel.tsx'
import { award } from './calls.ts'
import { Refused } from './refused.tsx'

/** Who becomes the contract partner, and why. */
export function AwardPanel({ comparison }: { comparison: ComparisonPage }) {
  const t = useTexts().tenders.compare
  const pick = usePick()
  const format = useFormat()
  const { award: made, bidders } = comparison
  const partner = bidders.find(({ id }) => id === made?.bidderId)
  if (made && partner)
    return (
      <Panel level={3} title={t.award.done(`${partner.label} ${pick(partner.supplier.name)}`)}>
        <p className="whitespace-pre-wrap">{made.reason}</p>
        <p className="mt-2 text-note">{t.evaluated(made.by === null ? '' : pick(made.by), format.dateTime(made.at))}</p>
      </Panel>
    )
  return comparison.may.award ? <Choose comparison={comparison} /> : <p>{t.mayNot}</p>
}

function Choose({ comparison }: { comparison: ComparisonPage }) {
  const texts = useTexts().tenders.compare
  const t = texts.award
  const pick = usePick()
  const format = useFormat()
  const refresh = useRefreshTender(comparison.procurement.id)
  const [bidderId, setBidderId] = useState<string>()
  const [reason, setReason] = useState('')
  const [asking, setAsking] = useState(false)
  const deed = useMutation({
    mutationFn: () =>
      award(comparison.procurement.id, { bidderId: bidderId ?? '', reason }, comparison.procurement.version),
    onSettled: async () => {
      setAsking(false)
      await refresh()
    },
  })
  const candidates = comparison.bidders.filter(({ handedIn, state }) => handedIn > 0 && state !== 'withdrawn')
  if (candidates.length === 0) return <p>{t.none}</p>
  const chosen = candidates.find(({ id }) => id === bidderId)
  const open = chosen?.counts.marks.notEvaluated ?? 0
  const blocked = !chosen
    ? t.bidder
    : open > 0
      ? t.open(format.number(open))
      : reason.trim() === ''
        ? texts.refused['reason-needed']
        : undefined
  return (
    <Panel>
      <p className="mb-3">{t.lead}</p>
      <RadioCards
        label={t.bidder}
        offerNotYet={false}
        columns={2}
        value={bidderId}
        onChange={setBidderId}
        choices={candidates.map(({ id, label, supplier }) => ({ id, name: `${label} ${pick(supplier.name)}` }))}
      />
      <div className="my-4">
        <TextArea
          label={t.reason}
          width="full"
          rows={3}
          maxLength={4000}
          value={reason}
          onChange={setReason}
          requirement="required"
        />
      </div>
      <Refused error={deed.error} />
      <Button
        look="filled"
        onPress={() => setAsking(true)}
        {...(blocked === undefined ? {} : { blockedBecause: blocked })}
      >
        {t.deed}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t.ask(chosen ? `${chosen.label} ${pick(chosen.supplier.name)}` : '')}
        deed={t.deed}
        onDeed={() => deed.mutate()}
        busy={deed.isPending}
      >
        <p>{t.asks}</p>
      </ConfirmDialog>
    </Panel>
  )
}
