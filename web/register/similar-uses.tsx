import type { SimilarUse } from '#register/api.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Tag, VerdictTag } from '#web/ui/tags.tsx'

import { FactView } from './fact-view.tsx'

type Props = {
  similar: readonly SimilarUse[]
  onJoin: (similar: SimilarUse) => void
}

/** Uses already known that look like the one being written, own and of others: open them, or join one. */
export function SimilarUses({ similar, onJoin }: Props) {
  const t = useTexts()
  const words = t.register.similar
  return (
    <section aria-label={words.title} className="rounded-8 border-2 border-yellow-900 bg-white p-5">
      <p role="status" className="sr-only">
        {words.announce(formatNumber(similar.length))}
      </p>
      <h2 className="text-std-18B-160">{words.title}</h2>
      <p className="mt-1 text-note">{words.lead}</p>
      <ul className="mt-3">
        {similar.map((one) => (
          <SimilarItem key={one.useId} similar={one} onJoin={onJoin} />
        ))}
      </ul>
    </section>
  )
}

function SimilarItem({ similar, onJoin }: { similar: SimilarUse; onJoin: Props['onJoin'] }) {
  const t = useTexts()
  const pick = usePick()
  const words = t.register.similar
  const { name, systemId, sameMinistry, organisation } = similar
  return (
    <li className="border-t border-solid-gray-200 py-3">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Link href={paths.system(systemId)} bold label={words.openOf(name)}>
          {name}
        </Link>
        <Tag tone={sameMinistry ? 'blue' : 'quiet'}>{sameMinistry ? words.own : words.others}</Tag>
        <VerdictTag verdict={similar.verdict} />
      </p>
      {similar.purpose !== '' && <p className="line-clamp-3 text-note">{similar.purpose}</p>}
      <p className="text-note text-solid-gray-700">
        {organisation.path.map((one) => pick(one.name)).join(' ')}・
        <FactView field="stage" fact={similar.stage} />・{words.reuse}：
        <FactView field="reuse-by-others" fact={similar.reuse} />
      </p>
      <p className="mb-2 text-note text-solid-gray-700">
        {t.ui.list(similar.because.map((because) => words.because[because]))}
      </p>
      <Button
        size="small"
        label={words.joinOf(name)}
        blockedBecause={sameMinistry ? undefined : words.joinBlocked}
        onPress={() => onJoin(similar)}
      >
        {words.join}
      </Button>
    </li>
  )
}
