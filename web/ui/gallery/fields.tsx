import { useState } from 'react'

import type { Fact } from '#register/model.ts'
import { CheckboxGroup, RadioCards } from '#web/ui/choices.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { ErrorSummary } from '#web/ui/error-summary.tsx'
import { FactField } from '#web/ui/fact-field.tsx'
import { FileField } from '#web/ui/file-field.tsx'
import { NumberField } from '#web/ui/number-field.tsx'
import { Section } from '#web/ui/page.tsx'
import { Select } from '#web/ui/select.tsx'
import { TextArea, TextField } from '#web/ui/text-field.tsx'

import { useContent } from './content.ts'

export function Fields() {
  const g = useContent()
  return (
    <Section title={g.fields}>
      <ErrorSummary
        attempt={0}
        faults={[
          { id: 'gallery-name', words: g.nameError },
          { id: 'gallery-end', words: g.dateError },
        ]}
      />
      <div className="flex flex-col gap-6">
        <TextFields />
        <Choices />
        <FactFields />
      </div>
    </Section>
  )
}

function TextFields() {
  const g = useContent()
  const [name, setName] = useState('')
  const [purpose, setPurpose] = useState(g.purposeValue)
  const [count, setCount] = useState<number | undefined>(3200)
  const [began, setBegan] = useState<string | undefined>('2026-04-01')
  const [end, setEnd] = useState<string | undefined>()
  return (
    <>
      <TextField
        id="gallery-name"
        label={g.name}
        help={g.nameHelp}
        requirement="required"
        error={g.nameError}
        value={name}
        onChange={setName}
      />
      <TextArea label={g.purpose} requirement="optional" value={purpose} onChange={setPurpose} />
      <NumberField label={g.count} unit={g.people} integer min={0} value={count} onChange={setCount} />
      <DateField label={g.began} partial value={began} onChange={setBegan} />
      <DateField
        id="gallery-end"
        label={g.deadline}
        requirement="required"
        error={g.dateError}
        value={end}
        onChange={setEnd}
      />
      <FileField
        label={g.file}
        help={g.fileHelp}
        accept=".csv,.xlsx"
        choose={g.choose}
        drop={g.drop}
        onFile={() => undefined}
      />
    </>
  )
}

function Choices() {
  const g = useContent()
  const [who, setWho] = useState<string | undefined>('citizens')
  const [stage, setStage] = useState<string>()
  const [supplier, setSupplier] = useState<string>()
  const [technology, setTechnology] = useState<readonly string[]>(['text'])
  const suppliers = Array.from({ length: 60 }, (_, i) => ({ id: `s${i}`, name: g.supplierName(String(i + 1)) }))
  return (
    <>
      <RadioCards
        label={g.who}
        width="long"
        value={who}
        onChange={setWho}
        choices={[
          { id: 'staff', name: g.staff, note: '非該当' },
          { id: 'several', name: g.several, note: '一部' },
          { id: 'citizens', name: g.citizens, help: g.citizensHelp, note: '該当' },
        ]}
      />
      <Select
        label={g.stage}
        value={stage}
        onChange={setStage}
        choices={g.stages.map((name) => ({ id: name, name }))}
      />
      <Select label={g.supplier} requirement="optional" value={supplier} onChange={setSupplier} choices={suppliers} />
      <CheckboxGroup
        label={g.technology}
        value={technology}
        onChange={setTechnology}
        columns={3}
        choices={[
          { id: 'text', name: g.text },
          { id: 'image', name: g.image },
          { id: 'voice', name: g.voice },
        ]}
      />
    </>
  )
}

function FactFields() {
  const g = useContent()
  const [personal, setPersonal] = useState<Fact>({ value: 'yes' })
  const [level, setLevel] = useState<Fact>({ absent: 'unknown', note: g.note, since: '2026-11-06' })
  return (
    <>
      <FactField label={g.personal} requirement="required" fact={personal} onChange={setPersonal}>
        {(value, set) => (
          <RadioCards
            label={g.personal}
            hiddenLabel
            columns={2}
            offerNotYet={false}
            value={typeof value === 'string' ? value : undefined}
            onChange={set}
            choices={[
              { id: 'yes', name: g.yes },
              { id: 'no', name: g.no },
            ]}
          />
        )}
      </FactField>
      <FactField label={g.classification} fact={level} onChange={setLevel}>
        {(value, set) => (
          <TextField
            label={g.classification}
            hiddenLabel
            width="medium"
            value={typeof value === 'string' ? value : ''}
            onChange={(text) => set(text === '' ? undefined : text)}
          />
        )}
      </FactField>
    </>
  )
}
