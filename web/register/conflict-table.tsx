import type { SystemDetail } from '#register/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { RadioCards } from '#web/ui/choices.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { FactView } from './fact-view.tsx'
import { useUseName } from './use-names.ts'
import { type Choices, type Difference, differenceKey, type Side } from './merge.ts'

type Props = {
  system: SystemDetail
  found: readonly Difference[]
  choices: Choices
  onChoose: (key: string, side: Side) => void
}

/** One difference after the other: how it was, theirs and mine side by side, one of them chosen. */
export function ConflictTable({ system, found, choices, onChoose }: Props) {
  const t = useTexts()
  const words = t.register.conflict
  const nameOf = useUseName(system)
  const who = { mine: words.onlyMine, theirs: words.onlyTheirs, conflict: words.both }
  return (
    <ul>
      {found.map((one) => {
        const key = differenceKey(one)
        const use = one.useId === null ? undefined : system.uses.find(({ id }) => id === one.useId)
        const label = [t.fields.labels[one.field], use === undefined || system.uses.length === 1 ? '' : nameOf(use)]
          .filter((part) => part !== '')
          .join('：')
        const view = (fact: Difference['mine']) => (
          <FactView field={one.field} fact={fact} names={system.names} showNote />
        )
        return (
          <li key={key} className="border-t border-solid-gray-200 py-4">
            <RadioCards
              label={label}
              help={
                <>
                  {words.before}：{view(one.before)}{' '}
                  <Tag tone={one.changedBy === 'conflict' ? 'attention' : 'quiet'}>{who[one.changedBy]}</Tag>
                </>
              }
              columns={2}
              offerNotYet={false}
              choices={[
                { id: 'theirs', name: words.theirs, help: view(one.theirs) },
                { id: 'mine', name: words.mine, help: view(one.mine) },
              ]}
              value={choices[key]}
              onChange={(side) => onChoose(key, side as Side)}
            />
          </li>
        )
      })}
    </ul>
  )
}
