import type { ReactNode } from 'react'

import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Panel } from '#web/ui/panel.tsx'

import { useMarkWords } from './mark-words.ts'

type Count = { readonly code: string; readonly count: number }
type Kind = 'reason' | 'flag'
type Props = {
  reasons: readonly Count[]
  flags: readonly Count[]
  flagged?: number
  /** A link at the right of the reasons: the rejected rows as a file. */
  rejectedLink?: ReactNode
  onSee?: (kind: Kind) => void
}

/** Why rows are rejected, and what was flagged on rows that are stored. */
export function CountsPanels({ reasons, flags, flagged, rejectedLink, onSee }: Props) {
  const t = useTexts()
  const f = useFormat()
  const aside =
    flagged === undefined
      ? t.importing.flagsAside
      : `${t.importing.rowsUnit(f.number(flagged))}${t.ui.brackets(t.importing.flagsAside)}`
  return (
    <div className="mt-6 grid gap-6 lg:grid-cols-2">
      <Panel title={t.importing.reasonsTitle} level={3} aside={rejectedLink}>
        {reasons.length === 0 ? (
          <p>{t.importing.reasonsNone}</p>
        ) : (
          <Counts counts={reasons} kind="reason" onSee={onSee} />
        )}
      </Panel>
      <Panel title={t.importing.flagsTitle} level={3} aside={flags.length === 0 ? undefined : aside}>
        {flags.length === 0 ? <p>{t.importing.flagsNone}</p> : <Counts counts={flags} kind="flag" onSee={onSee} />}
      </Panel>
    </div>
  )
}

function Counts({ counts, kind, onSee }: { counts: readonly Count[]; kind: Kind; onSee: Props['onSee'] }) {
  const t = useTexts()
  const f = useFormat()
  const words = useMarkWords()
  return (
    <ul className="text-note">
      {counts.map(({ code, count }) => {
        const what = words({ code })
        const n = f.number(count)
        return (
          <li key={code} className="flex items-center gap-3 border-b border-solid-gray-200 py-1.5">
            <span className="min-w-0 flex-1">{what}</span>
            <span className="keep font-700 text-solid-gray-900 tabular-nums">{t.importing.rowsUnit(n)}</span>
            {onSee && (
              <Button look="text" size="small" label={t.importing.seeOf(what, n)} onPress={() => onSee(kind)}>
                {t.importing.see}
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
