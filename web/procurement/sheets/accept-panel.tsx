import type { SheetPage } from '#procurement/sheets/api-page.ts'
import { mayEdit } from '#procurement/sheets/workflow.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'

import { useDeed } from './calls.ts'
import { useRefusal } from './refusal.ts'

/** All proposals of both sheets at once, with how many of each; what cannot be decided yet stays with the planner. */
export function AcceptPanel({ page, onAccepted }: { page: SheetPage; onAccepted: (words: string) => void }) {
  const t = useTexts().procurement.decide
  const f = useFormat()
  const refusal = useRefusal(page.may.keep)
  const open = page.sheet.items.filter((item) => item.included === null)
  const says = (kind: 'include' | 'leave-out' | 'undecided') =>
    f.number(open.filter((item) => item.proposal.says === kind).length)
  const words = [says('include'), says('leave-out'), says('undecided')] as const
  const deed = useDeed(page.sheet.id, () => onAccepted(t.accepted(...words)))
  const proposed = open.filter((item) => item.proposal.says !== 'undecided').length
  if (proposed === 0 || !mayEdit(page.sheet.state, 'decision')) return null
  return (
    <div className="mb-5">
      <Panel title={t.acceptTitle} edge="dashed">
        <p>{t.acceptLead(...words)}</p>
        <p className="mb-3 text-solid-gray-700">{t.acceptHelp}</p>
        {deed.error !== null && <Problem error={deed.error} takesFocus />}
        <Button
          look="filled"
          size="medium"
          busy={deed.isPending}
          blockedBecause={refusal}
          onPress={() => deed.mutate({ do: 'accept' })}
        >
          {t.acceptAll(f.number(proposed))}
        </Button>
      </Panel>
    </div>
  )
}
