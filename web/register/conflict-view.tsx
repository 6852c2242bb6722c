import { useState } from 'react'

import type { SystemDetail } from '#register/api.ts'
import type { Facts } from '#register/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Notice } from '#web/ui/notice.tsx'
import { Section } from '#web/ui/page.tsx'

import { ConflictTable } from './conflict-table.tsx'
import { factsToSend, type FormValues } from './form-values.ts'
import { allFrom, type Choices, type Difference, differenceKey, differences, proposedChoices, settle } from './merge.ts'

type Props = {
  before: SystemDetail
  mine: FormValues
  theirs: SystemDetail
  onBack: () => void
  onSettled: (values: FormValues) => void
}

/** Somebody else was first: both versions field by field, and three ways to settle it. Nothing typed is lost. */
export function ConflictView({ before, mine, theirs, onBack, onSettled }: Props) {
  const t = useTexts()
  const f = useFormat()
  const words = t.register.conflict
  const found = differencesOf(before, mine, theirs)
  const [choices, setChoices] = useState<Choices>(() => proposedChoices(found))
  const left = found.filter((one) => choices[differenceKey(one)] === undefined).length
  const take = (chosen: Choices) => onSettled(settled(mine, theirs, found, chosen))
  return (
    <Section title={words.title}>
      <Notice kind="attention" level={3} title={words.lead} takesFocus>
        <p>{words.at(f.dateTime(theirs.updatedAt))}</p>
      </Notice>
      <div className="my-4 flex flex-wrap gap-3">
        <Button onPress={() => take(allFrom(found, 'theirs'))}>{words.keepTheirs}</Button>
        <Button onPress={() => take(allFrom(found, 'mine'))}>{words.useMine}</Button>
      </div>
      {found.length === 0 ? (
        <p>{words.same}</p>
      ) : (
        <>
          <h3 className="mt-6 mb-3 text-std-18B-160">{words.byField}</h3>
          <ConflictTable
            system={theirs}
            found={found}
            choices={choices}
            onChoose={(key, side) => setChoices({ ...choices, [key]: side })}
          />
        </>
      )}
      <div className="mt-6 flex flex-wrap items-start justify-between gap-3">
        <Button onPress={onBack}>{words.back}</Button>
        <Button
          look="filled"
          blockedBecause={left === 0 ? undefined : words.unsettled(f.number(left))}
          onPress={() => take(choices)}
        >
          {words.save}
        </Button>
      </div>
    </Section>
  )
}

function differencesOf(before: SystemDetail, mine: FormValues, theirs: SystemDetail): readonly Difference[] {
  const system = differences(null, {
    before: before.facts,
    mine: factsToSend(mine.system, 'system'),
    theirs: theirs.facts,
  })
  const uses = theirs.uses.flatMap((use) => {
    const own = mine.uses.find(({ useId }) => useId === use.id)
    const old = before.uses.find(({ id }) => id === use.id)
    if (own === undefined || old === undefined) return []
    return differences(use.id, { before: old.facts, mine: factsToSend(own.facts, 'use'), theirs: use.facts })
  })
  return [...system, ...uses]
}

/** My entries with each difference as chosen. Uses that they added come in, those they removed go out. */
function settled(mine: FormValues, theirs: SystemDetail, found: readonly Difference[], choices: Choices): FormValues {
  const of = (useId: string | null) => found.filter((one) => one.useId === useId)
  const merged = (facts: Facts, useId: string | null) => ({ ...settle(facts, of(useId), choices).facts })
  const kept = mine.uses.filter(({ useId }) => useId === null || theirs.uses.some(({ id }) => id === useId))
  const known = new Set(mine.uses.map(({ useId }) => useId))
  const came = theirs.uses.filter(({ id }) => !known.has(id))
  return {
    ...mine,
    system: merged(factsToSend(mine.system, 'system'), null) as FormValues['system'],
    uses: [
      ...kept.map(({ useId, facts }) => ({
        useId,
        facts: merged(factsToSend(facts, 'use'), useId) as FormValues['system'],
      })),
      ...came.map(({ id, facts }) => ({ useId: id, facts: { ...facts } as FormValues['system'] })),
    ],
  }
}
