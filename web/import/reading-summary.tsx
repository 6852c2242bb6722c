import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import type { ImportFile, ReadingRequest } from '#register/import/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { PopoverButton } from '#web/ui/popover-button.tsx'
import { Select } from '#web/ui/select.tsx'

import { columnMapsQuery, type ImportPreview } from './calls.ts'
import type { WizardStep } from './wizard-frame.tsx'

type Props = {
  file: ImportFile
  reading: ReadingRequest
  preview: ImportPreview
  onChange: (what: Partial<ReadingRequest>) => void
  onGo: (step: WizardStep) => void
}

/** File, encoding, header row and map: what was taken, whether it was found out or chosen, and the way to change it. */
export function ReadingSummary({ file, reading, preview, onChange, onGo }: Props) {
  const t = useTexts()
  const pick = usePick()
  const f = useFormat()
  const { summary, wizard, reading: words } = t.importing
  const change = (step: WizardStep, of: string) => (
    <Button look="text" size="small" label={`${of}: ${wizard.change}`} onPress={() => onGo(step)}>
      {wizard.change}
    </Button>
  )
  const already = preview.alreadyImported ?? file.alreadyImported
  const edited = typeof reading.map === 'object'
  return (
    <dl className="mb-8 grid rounded-8 border border-solid-gray-200 text-note sm:grid-cols-2 lg:grid-cols-4">
      <Cell term={summary.file} value={file.fileName}>
        {f.bytes(file.bytes)} {already === null ? t.importing.file.first : t.importing.file.already(f.date(already.at))}
      </Cell>
      {preview.encoding === null ? (
        <Cell term={summary.sheet} value={preview.sheet ?? ''}>
          {file.sheets.length > 1 ? change('reading', summary.sheet) : words.oneSheet}
        </Cell>
      ) : (
        <Cell term={summary.encoding} value={words.encodings[preview.encoding] ?? preview.encoding}>
          {reading.encoding === undefined ? words.guessed : words.chosen} {change('reading', summary.encoding)}
        </Cell>
      )}
      <Cell term={summary.header} value={words.rowNumber(f.number(preview.headerRow))}>
        {preview.headerRow > 1 && words.before(f.number(preview.headerRow - 1))} {change('reading', summary.header)}
      </Cell>
      <Cell term={summary.map} value={pick(preview.map.name)}>
        {edited ? summary.edited : preview.mapProposed ? summary.proposed : summary.saved}{' '}
        <ChooseMap value={typeof reading.map === 'string' ? reading.map : ''} onChange={(map) => onChange({ map })} />
      </Cell>
    </dl>
  )
}

function Cell({ term, value, children }: { term: string; value: string; children: ReactNode }) {
  return (
    <div className="min-w-0 border-solid-gray-200 p-4 not-first:border-t sm:not-first:border-t-0 sm:not-first:border-l">
      <dt className="text-solid-gray-700">{term}</dt>
      <dd>
        <span className="block text-std-16B-170 text-solid-gray-900">{value}</span>
        {children}
      </dd>
    </div>
  )
}

const proposed = 'proposed'

function ChooseMap({ value, onChange }: { value: string; onChange: (id: string | undefined) => void }) {
  const t = useTexts()
  const pick = usePick()
  const words = t.importing.columns
  const maps = useQuery(columnMapsQuery)
  return (
    <PopoverButton name={t.importing.wizard.chooseAgain} look="text" size="small">
      {(close) => (
        <Select
          label={words.chooseMap}
          width="full"
          choices={[
            ...(maps.data ?? []).map(({ id, name, shipped }) => ({
              id,
              name: pick(name),
              note: shipped ? words.shipped : undefined,
            })),
            { id: proposed, name: words.mapProposed },
          ]}
          value={value === '' ? undefined : value}
          onChange={(id) => {
            close()
            onChange(id === proposed ? undefined : id)
          }}
        />
      )}
    </PopoverButton>
  )
}
