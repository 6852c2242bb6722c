import type { SheetItem } from '#procurement/sheets/api.ts'
import type { SheetPage } from '#procurement/sheets/api-page.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { paths } from '#web/paths.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Link } from '#web/ui/link.tsx'
import { ProvenanceTag } from '#web/ui/provenance-tag.tsx'

import { DecidePart } from './decide-part.tsx'
import { Thread } from './thread.tsx'

type Props = { item: SheetItem; page: SheetPage; onOpenItem: (item: string) => void }

/** Why the item is there or not; then its thread, or the decision that is still to be taken. */
export function OpenedItem({ item, page, onOpenItem }: Props) {
  return (
    <div className="font-400">
      <ProposalLine item={item} page={page} />
      {item.included === true && <Thread item={item} page={page} onOpenItem={onOpenItem} />}
      <DecidePart item={item} page={page} />
    </div>
  )
}

function ProposalLine({ item, page }: { item: SheetItem; page: SheetPage }) {
  const t = useTexts()
  const words = t.procurement.item
  const pick = usePick()
  const { language } = useLanguage()
  const { proposal, preset } = item
  const head = { include: words.includedBecause, 'leave-out': words.leftOutBecause, undecided: words.undecidedBecause }
  const reasons = proposal.reasons.map((reason) => pick(reason.text))
  const toRegister = proposal.questions.some((q) => q.field !== null)
  const toFinder = proposal.questions.some((q) => q.field === null)
  const sources = preset.titleSource.map((place) => ({ document: 'DS-920 v1.0', at: place.at, url: place.url }))
  return (
    <div className="mb-3 flex flex-wrap items-start justify-between gap-x-6 gap-y-1">
      <div className="min-w-0 flex-1 basis-96">
        <p>
          <Icon name="information" size={16} className="mr-1 align-[-3px]" />
          {t.ui.named(head[proposal.says], [...new Set(reasons)].join(language === 'ja' ? '／' : ' / '))}
          <ProvenanceTag provenance={proposal.reasons[0]?.provenance[language] ?? 'preset'} of={words.ruleMark} />
        </p>
        {proposal.questions.length > 0 && (
          <p className="flex flex-wrap gap-x-4">
            {words.settles(proposal.questions.map((q) => pick(q.title)).join(language === 'ja' ? '・' : ' / '))}
            {toRegister && <Link href={paths.systemEdit(page.sheet.system.id)}>{words.inRegister}</Link>}
            {toFinder && <Link href={paths.system(page.sheet.system.id)}>{words.inFinder}</Link>}
          </p>
        )}
        {preset.asks !== null && <p className="text-solid-gray-700">{t.ui.named(words.asks, pick(preset.asks))}</p>}
      </div>
      <p className="flex flex-wrap gap-x-4 text-solid-gray-700">
        {(['en', 'ja'] as const).map((one) => (
          <span key={one}>
            {words.titleMark[one]}
            <ProvenanceTag
              provenance={preset.titleProvenance[one]}
              sources={sources}
              verifyFirst={preset.titleProvenance[one] === 'preset'}
              of={words.titleMark[one]}
            />
          </span>
        ))}
      </p>
    </div>
  )
}
