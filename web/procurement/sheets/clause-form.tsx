import { useState } from 'react'

import type { SheetItem } from '#procurement/sheets/api.ts'
import { clauseStates, type ClauseState, labelOf } from '#procurement/sheets/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { RadioCards } from '#web/ui/choices.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { TextArea, TextField } from '#web/ui/text-field.tsx'

import { EditFrame } from './edit-frame.tsx'
import { PresetNote } from './preset-note.tsx'

type Props = { item: SheetItem; procurementId: string; onDone: () => void }

/** The clause of the contract: its text, its number, and whether it is agreed. */
export function ClauseForm({ item, procurementId, onDone }: Props) {
  const t = useTexts().procurement
  const [text, setText] = useState(item.clause.text)
  const [number, setNumber] = useState(item.clause.number)
  const [state, setState] = useState<ClauseState>(item.clause.state)
  const [day, setDay] = useState<{ iso: string | undefined; ok: boolean }>({
    iso: item.clause.agreedOn ?? undefined,
    ok: true,
  })
  const [tried, setTried] = useState(false)
  const dayMissing = state === 'agreed' && (day.iso === undefined || !day.ok)
  return (
    <EditFrame
      title={t.item.editOf(t.item.clause, labelOf(item.item))}
      item={item}
      procurementId={procurementId}
      edit={{
        clauseText: text,
        clauseNumber: number,
        clauseState: state,
        agreedOn: state === 'agreed' ? (day.iso ?? null) : null,
      }}
      check={() => {
        setTried(true)
        return !dayMissing
      }}
      fields={[
        { name: t.edit.clauseText, mine: text, theirs: (now) => now.clause.text },
        { name: t.edit.clauseNumber, mine: number, theirs: (now) => now.clause.number },
        {
          name: t.edit.clauseState,
          mine: t.clauseStates[state],
          theirs: (now) => t.clauseStates[now.clause.state],
        },
      ]}
      onDone={onDone}
    >
      <div>
        <TextArea label={t.edit.clauseText} rows={4} width="full" value={text} onChange={setText} />
        <PresetNote preset={item.preset.clause} text={text} onBack={setText} />
      </div>
      <TextField
        label={t.edit.clauseNumber}
        help={t.edit.clauseNumberHelp}
        width="short"
        maxLength={40}
        value={number}
        onChange={setNumber}
      />
      <RadioCards
        label={t.edit.clauseState}
        choices={clauseStates.map((id) => ({ id, name: t.clauseStates[id] }))}
        value={state}
        onChange={(id) => setState(clauseStates.find((one) => one === id) ?? state)}
        offerNotYet={false}
        columns={2}
      />
      {state === 'agreed' && (
        <DateField
          label={t.edit.agreedOn}
          requirement="required"
          value={day.iso}
          onChange={(iso, ok) => setDay({ iso, ok })}
          {...(tried && dayMissing ? { error: t.edit.needDay } : {})}
        />
      )}
    </EditFrame>
  )
}
