import type { History, HistoryItem } from '#register/api.ts'
import type { Fact } from '#register/model.ts'
import type { Role } from '#access/model.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { DiffList } from '#web/ui/diff.tsx'
import { useFormat } from '#web/ui/format.ts'

import { ProofButton } from '#web/log/proof-button.tsx'

import { useFactWords } from './fact-view.tsx'

type Props = {
  items: readonly HistoryItem[]
  names: History['names']
  /** How many fields of one change are shown; all unless said otherwise. */
  most?: number
  /** Offers the proof of each change, with its place in the log. */
  proofs?: boolean
}

/** Changes, newest first: when, what changed from what to what, by whom and why. */
export function HistoryEntries({ items, names, most = Number.POSITIVE_INFINITY, proofs = false }: Props) {
  const f = useFormat()
  return (
    <ol>
      {items.map((item) => (
        <li
          key={item.id}
          className="grid gap-x-4 border-b border-solid-gray-200 py-3 text-note sm:grid-cols-[6.5rem_minmax(0,1fr)]"
        >
          <time dateTime={item.at} className="text-solid-gray-700 tabular-nums">
            {f.dateTime(item.at)}
          </time>
          <Entry item={item} names={names} most={most} proofs={proofs} />
        </li>
      ))}
    </ol>
  )
}

type EntryProps = { item: HistoryItem; names: History['names']; most: number; proofs: boolean }

function Entry({ item, names, most, proofs }: EntryProps) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.register.system.history
  const fieldWords = useFieldWords(names)
  const differences = item.fields.slice(0, most).map(({ scope, field, from, to }) => ({
    id: `${scope}:${field}`,
    name: field === 'organisation' ? t.register.form.organisation : t.fields.labels[field],
    from: fieldWords(field, from),
    to: fieldWords(field, to),
  }))
  const use = item.useId === null ? undefined : names.uses[item.useId]
  const left = item.fields.length - differences.length
  const role = t.words.roles[item.role as Role] ?? item.role
  return (
    <div className="min-w-0">
      {item.kind !== 'changed' && item.kind !== 'stage' && (
        <p className="font-700 text-solid-gray-900">{words.kinds[item.kind]}</p>
      )}
      {use !== undefined && use !== '' && <p>{words.use(use)}</p>}
      {differences.length > 0 && <DiffList items={differences} />}
      {left > 0 && <p>{words.moreFields(String(left))}</p>}
      {item.reason !== null && <p className="whitespace-pre-wrap">{words.reason(item.reason)}</p>}
      <p className="text-solid-gray-700">{item.actor === null ? role : pick(item.actor.post)}</p>
      {proofs && (
        <p className="mt-1 flex flex-wrap items-center gap-x-4 text-solid-gray-700">
          {item.logIndex === null ? (
            t.log.noIndex
          ) : (
            <>
              <span>{t.ui.named(t.log.inLog, f.number(item.logIndex))}</span>
              <ProofButton kind="change" row={item.id} index={item.logIndex} />
            </>
          )}
        </p>
      )}
    </div>
  )
}

function useFieldWords(names: History['names']) {
  const pick = usePick()
  const t = useTexts()
  const factWords = useFactWords()
  return (field: HistoryItem['fields'][number]['field'], fact: Fact): string => {
    if (field !== 'organisation') return factWords(field, fact, names)
    if ('absent' in fact) return t.words.absences[fact.absent]
    const name = names.organisations[String(fact.value)]
    return name === undefined ? t.register.form.unknownName : pick(name)
  }
}
