import { useState } from 'react'

import type { SheetPage } from '#procurement/sheets/api-page.ts'
import { labelOf } from '#procurement/sheets/model.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { DiffList } from '#web/ui/diff.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Notice } from '#web/ui/notice.tsx'
import { Problem } from '#web/ui/problem.tsx'

import { useDeed } from './calls.ts'
import { useRefusal } from './refusal.ts'

/** Facts have changed since the items were proposed: what would be proposed now, beside what is kept. */
export function StaleNotice({ page }: { page: SheetPage }) {
  const t = useTexts()
  const words = t.procurement.stale
  const f = useFormat()
  const pick = usePick()
  const [shown, setShown] = useState(false)
  const deed = useDeed(page.sheet.id)
  const refusal = useRefusal(page.may.keep)
  if (page.renewed === null) return null
  const { items } = page.renewed
  const says = (proposal: (typeof items)[number]['from']) =>
    `${t.procurement.proposals[proposal.says]}${t.ui.brackets(proposal.reasons.map((r) => pick(r.text)).join(' / '))}`
  return (
    <Notice
      kind="attention"
      title={items.length > 0 ? words.title(f.number(items.length)) : words.edition}
      action={
        <>
          {items.length > 0 && (
            <Button size="medium" expanded={shown} onPress={() => setShown(!shown)}>
              {shown ? words.hide : words.show}
            </Button>
          )}
          <Button
            size="medium"
            busy={deed.isPending}
            blockedBecause={refusal}
            onPress={() => deed.mutate({ do: 'renew' })}
          >
            {words.renew}
          </Button>
        </>
      }
    >
      <p>{words.lead}</p>
      {deed.error !== null && <Problem error={deed.error} takesFocus />}
      {shown && (
        <div className="mt-3">
          <DiffList
            items={items.map(({ item, from, to }) => ({
              id: item,
              name: labelOf(item),
              from: says(from),
              to: says(to),
            }))}
          />
        </div>
      )}
    </Notice>
  )
}
