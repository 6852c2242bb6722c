import type { SheetItem } from '#procurement/sheets/api.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { isProved, rowProof } from './figures.ts'

type Props = { readonly item: SheetItem }

export function WaysCell({ item }: Props) {
  const t = useTexts().procurement
  return <>{item.verification.map((way) => t.ways[way]).join(useLanguage().language === 'ja' ? '・' : ', ')}</>
}

export function ClauseCell({ item: { clause } }: Props) {
  const t = useTexts().procurement
  return (
    <span className="flex flex-wrap gap-x-3">
      <span className={clause.number === '' ? 'text-solid-gray-700' : ''}>
        {clause.number === '' ? t.grid.noClauseNumber : clause.number}
      </span>
      <span className={clause.state === 'negotiating' ? 'font-700 text-yellow-1200' : ''}>
        {t.clauseStates[clause.state]}
      </span>
    </span>
  )
}

export function ProofCell({ item }: Props) {
  const t = useTexts().procurement
  const proof = rowProof(item)
  if (isProved(item))
    return (
      <span className="inline-flex items-center gap-1 text-green-900">
        <Icon name="circle-tick" size={18} />
        {t.proofStates.done}
      </span>
    )
  return proof === undefined ? (
    <span className="text-solid-gray-700">{t.noProof}</span>
  ) : (
    <>{t.proofStages[proof.stage]}</>
  )
}

/** What is said across the row of an item that is left out, or on which nobody has decided. */
export function DecisionCell({ item }: Props) {
  const t = useTexts().procurement
  const ui = useTexts().ui
  const pick = usePick()
  const { proposal } = item
  const reasons = proposal.reasons.map((reason) => pick(reason.text))
  if (item.included === false)
    return (
      <span className="text-solid-gray-800">
        <b>{ui.named(t.grid.leftOut, '')}</b>
        <ReasonOf item={item} />
        {proposal.says === 'include' && ui.brackets(t.grid.against(t.proposals.include))}
      </span>
    )
  return (
    <span>
      <Tag tone={proposal.says === 'undecided' ? 'attention' : 'quiet'}>{t.grid.undecided}</Tag>
      <span className="ml-2">
        {ui.named(t.grid.proposal, t.proposals[proposal.says])}
        {proposal.says === 'undecided'
          ? ui.brackets(t.item.settles(proposal.questions.map((q) => pick(q.title)).join(' / ')))
          : ui.brackets(reasons[0] ?? '')}
      </span>
    </span>
  )
}

/** The reason as it was written; one taken over from the proposal is worded in the language of the page. */
export function ReasonOf({ item }: Props) {
  const pick = usePick()
  const proposed = item.proposal.reasons
  const same = proposed.map((reason) => reason.text.ja).join('、') === item.reason
  return same ? <>{proposed.map((reason) => pick(reason.text)).join(' / ')}</> : <span lang="ja">{item.reason}</span>
}
