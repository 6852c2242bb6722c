import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Tender } from '#procurement/tenders/api.ts'
import { labelOf } from '#procurement/sheets/model.ts'
import { TextDiff } from '#web/procurement/sheets/text-diff.tsx'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Notice } from '#web/ui/notice.tsx'
import { Section } from '#web/ui/page.tsx'

import { BidderItem } from './bidder-item.tsx'
import { amend } from './calls.ts'
import { InviteForm } from './invite-form.tsx'
import { LinkOnce } from './link-once.tsx'
import { Refused } from './refused.tsx'

/** Everything that a deed of the tender may have changed is read again. */
export function useRefreshTender(procurement: string) {
  const queryClient = useQueryClient()
  return async () => {
    await queryClient.invalidateQueries({ queryKey: ['procurements', procurement] })
    await queryClient.invalidateQueries({ queryKey: ['navigation-counts'] })
  }
}

export function BiddersPanel({ tender }: { tender: Tender }) {
  const t = useTexts().tenders.compare
  const format = useFormat()
  const [asking, setAsking] = useState(false)
  const [link, setLink] = useState<string | null>(null)
  const { sent, bidders, may, procurement } = tender
  const open =
    procurement.state === 'drafting' || procurement.state === 'tendering' || procurement.state === 'evaluating'
  return (
    <Section title={t.bidders}>
      {sent !== null && (
        <p className="mb-3">{t.sent(format.number(sent.sending), format.date(sent.at), format.number(sent.items))}</p>
      )}
      <Pending tender={tender} />
      {bidders.length === 0 && <p className="mb-3">{t.noBidders}</p>}
      <ul className="mb-4 flex flex-col gap-4">
        {bidders.map((bidder) => (
          <li key={bidder.id}>
            <BidderItem tender={tender} bidder={bidder} onLink={setLink} />
          </li>
        ))}
      </ul>
      {link !== null && <LinkOnce link={link} onClose={() => setLink(null)} />}
      {may.invite && open && !asking && <AskButton tender={tender} onPress={() => setAsking(true)} />}
      {asking && (
        <InviteForm
          tender={tender}
          onClose={() => setAsking(false)}
          onMade={(made) => {
            setAsking(false)
            setLink(made)
          }}
        />
      )}
    </Section>
  )
}

function AskButton({ tender, onPress }: { tender: Tender; onPress: () => void }) {
  const t = useTexts().tenders.compare
  const { ui } = useTexts()
  const format = useFormat()
  const { ready, sent, bidders, mostBidders } = tender
  const blocked =
    bidders.length >= mostBidders
      ? t.most(format.number(mostBidders))
      : sent !== null
        ? undefined
        : ready.items === 0
          ? t.nothing
          : ready.undecided > 0
            ? t.undecided(format.number(ready.undecided))
            : ready.lacking.length > 0
              ? t.lacking(ui.list(ready.lacking.map(labelOf)))
              : undefined
  return (
    <div className="flex flex-col items-start gap-2">
      {sent === null && blocked === undefined && <p className="text-note">{t.readiness(format.number(ready.items))}</p>}
      <Button onPress={onPress} {...(blocked === undefined ? {} : { blockedBecause: blocked })}>
        {t.invite}
      </Button>
      <p className="text-note text-solid-gray-700">{t.most(format.number(mostBidders))}</p>
    </div>
  )
}

/** Requirements that changed since they were sent, each with its difference, until they are sent. */
function Pending({ tender }: { tender: Tender }) {
  const t = useTexts().tenders.compare
  const format = useFormat()
  const refresh = useRefreshTender(tender.procurement.id)
  const send = useMutation({ mutationFn: () => amend(tender.procurement.id), onSuccess: refresh })
  if (tender.pending.length === 0) return null
  return (
    <div className="mb-4">
      <Notice
        kind="attention"
        title={t.pending(format.number(tender.pending.length))}
        action={
          tender.may.invite && (
            <Button busy={send.isPending} onPress={() => send.mutate()}>
              {t.send}
            </Button>
          )
        }
      >
        <p>{t.pendingLead}</p>
        <ul className="my-3 flex flex-col gap-2">
          {tender.pending.map(({ item, kind, from, to }) => (
            <li key={item}>
              <p className="font-700">{`${labelOf(item)} ${t.kinds[kind]}`}</p>
              <TextDiff from={from?.requirement ?? ''} to={to?.requirement ?? ''} />
            </li>
          ))}
        </ul>
        <Refused error={send.error} />
      </Notice>
    </div>
  )
}
