import type { Condition } from '#consultation/advice/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Tag } from '#web/ui/tags.tsx'

/** Path of an organisation in words, without the ministry where it is long, and the unit. */
export function useOwner(): (c: Pick<Condition, 'owner' | 'ownerUnit'>) => string {
  const pick = usePick()
  return ({ owner, ownerUnit }) =>
    [...owner.path.map(({ name }) => pick(name)), ownerUnit].filter((one) => one !== '').join(' ')
}

export function EffectWord({ effect }: Pick<Condition, 'effect'>) {
  const t = useTexts()
  return (
    <b className={`keep ${effect === 'blocks' ? 'text-red-900' : 'text-yellow-1200'}`}>{t.advice.effects[effect]}</b>
  )
}

export function StateTag({ condition: c }: { condition: Pick<Condition, 'state' | 'overdue'> }) {
  const t = useTexts()
  const tone = { open: 'quiet', reported: 'blue', met: 'success', withdrawn: 'quiet' } as const
  return (
    <span className="inline-flex flex-wrap gap-2">
      <Tag tone={tone[c.state]}>{t.advice.states[c.state]}</Tag>
      {c.overdue && <Tag tone="error">{t.advice.overdue}</Tag>}
    </span>
  )
}

export function Due({ day }: { day: string | null }) {
  const t = useTexts()
  const f = useFormat()
  return <span className="keep">{day === null ? t.advice.noDue : f.date(day)}</span>
}
