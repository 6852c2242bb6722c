import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import type { Bidder, Tender } from '#procurement/tenders/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { useFormat } from '#web/ui/format.ts'
import { DefinitionList, Panel } from '#web/ui/panel.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { useRefreshTender } from './bidders-panel.tsx'
import { type BidderChange, changeBidder, renewLink, revokeLink } from './calls.ts'
import { endOfDay } from './invite-form.tsx'
import { Refused } from './refused.tsx'

type Props = { tender: Tender; bidder: Bidder; onLink: (link: string | null) => void }

const tones = {
  invited: 'quiet',
  answering: 'quiet',
  'handed-in': 'success',
  withdrawn: 'quiet',
  awarded: 'success',
  ended: 'quiet',
} as const

/** One supplier that was asked: until when, by which link, and how far it is. */
export function BidderItem({ tender, bidder, onLink }: Props) {
  const t = useTexts().tenders.compare
  const pick = usePick()
  const format = useFormat()
  const { label, supplier, state, handedIn, handedInAt, contact, link } = bidder
  const linkWords =
    link === null
      ? t.linkState.none
      : link.givenAt === null
        ? t.linkState.waiting
        : t.linkState.given(format.dateTime(link.givenAt), format.date(link.expiresAt))
  return (
    <Panel level={3} title={`${label} ${pick(supplier.name)}`} aside={<Tag tone={tones[state]}>{t.states[state]}</Tag>}>
      <DefinitionList
        items={[
          { term: t.contactName, detail: `${contact.name} ${contact.mail}` },
          { term: t.deadlineTerm, detail: format.dateTime(bidder.deadline) },
          ...(handedInAt === null
            ? []
            : [
                {
                  term: t.states['handed-in'],
                  detail: t.handedIn(format.number(handedIn), format.dateTime(handedInAt)),
                },
              ]),
          {
            term: t.link,
            detail: (
              <>
                <p>{linkWords}</p>
                {link?.lastUsedAt && <p className="text-note">{t.linkState.used(format.dateTime(link.lastUsedAt))}</p>}
              </>
            ),
          },
        ]}
      />
      {tender.may.invite && state !== 'awarded' && state !== 'ended' && (
        <Deeds tender={tender} bidder={bidder} onLink={onLink} />
      )}
    </Panel>
  )
}

function Deeds({ tender, bidder, onLink }: Props) {
  const t = useTexts().tenders.compare
  const refresh = useRefreshTender(tender.procurement.id)
  const [asking, setAsking] = useState<'revoke' | 'withdraw'>()
  const [moving, setMoving] = useState(false)
  const done = async () => {
    setAsking(undefined)
    setMoving(false)
    await refresh()
  }
  const change = useMutation({
    mutationFn: (to: BidderChange) => changeBidder(bidder.id, to, bidder.version),
    onSettled: done,
  })
  const revoke = useMutation({ mutationFn: () => revokeLink(bidder.id), onSettled: done })
  const renew = useMutation({
    mutationFn: () => renewLink(bidder.id, tender.mailSent ? 'mail' : 'shown'),
    onSuccess: async ({ link }) => {
      onLink(link)
      await refresh()
    },
  })
  const withdrawn = bidder.state === 'withdrawn'
  return (
    <div className="mt-4">
      <Refused error={change.error ?? revoke.error ?? renew.error} />
      {moving && (
        <Deadline
          onSave={(day) => change.mutate({ deadline: endOfDay(day) })}
          busy={change.isPending}
          onClose={() => setMoving(false)}
        />
      )}
      <div className="flex flex-wrap gap-2">
        {withdrawn ? (
          <Button size="small" busy={change.isPending} onPress={() => change.mutate({ state: 'invited' })}>
            {t.takeBack}
          </Button>
        ) : (
          <>
            <Button size="small" look="text" onPress={() => setMoving(true)}>
              {t.reopen}
            </Button>
            <Button size="small" look="text" busy={renew.isPending} onPress={() => renew.mutate()}>
              {t.renew}
            </Button>
            {bidder.link !== null && (
              <Button size="small" look="text" onPress={() => setAsking('revoke')}>
                {t.revoke}
              </Button>
            )}
            <Button size="small" look="text" tone="danger" onPress={() => setAsking('withdraw')}>
              {t.withdraw}
            </Button>
          </>
        )}
      </div>
      <ConfirmDialog
        open={asking === 'revoke'}
        onClose={() => setAsking(undefined)}
        title={t.revokeAsk(bidder.label)}
        deed={t.revoke}
        onDeed={() => revoke.mutate()}
        busy={revoke.isPending}
      >
        <p>{t.revokeText}</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'withdraw'}
        onClose={() => setAsking(undefined)}
        title={t.withdrawAsk(bidder.label)}
        deed={t.withdraw}
        tone="danger"
        onDeed={() => change.mutate({ state: 'withdrawn' })}
        busy={change.isPending}
      >
        <p>{t.withdrawText}</p>
      </ConfirmDialog>
    </div>
  )
}

function Deadline({ onSave, busy, onClose }: { onSave: (day: string) => void; busy: boolean; onClose: () => void }) {
  const t = useTexts().tenders.compare
  const [day, setDay] = useState<string>()
  return (
    <form
      noValidate
      className="mb-3 flex flex-wrap items-end gap-3"
      onSubmit={(e) => {
        e.preventDefault()
        if (day !== undefined) onSave(day)
      }}
    >
      <DateField label={t.deadline} value={day} onChange={(iso, ok) => setDay(ok ? iso : undefined)} />
      <Button type="submit" busy={busy}>
        {t.save}
      </Button>
      <Button look="text" onPress={onClose}>
        {t.cancel}
      </Button>
    </form>
  )
}
