import type { UseQueryResult } from '@tanstack/react-query'

import type { ImportFile, ReadingRequest } from '#register/import/api.ts'
import { encodings } from '#register/spreadsheet/grid.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Checkbox } from '#web/ui/choices.tsx'
import { useFormat } from '#web/ui/format.ts'
import { NumberField } from '#web/ui/number-field.tsx'
import { Loading } from '#web/ui/loading.tsx'
import { Section } from '#web/ui/page.tsx'
import { Select } from '#web/ui/select.tsx'

import type { ImportPreview } from './calls.ts'
import { FileProblem } from './file-problem.tsx'
import { ReadingWarnings } from './reading-warnings.tsx'

type Props = {
  file: ImportFile
  reading: ReadingRequest
  preview: UseQueryResult<ImportPreview>
  onChange: (what: Partial<ReadingRequest>) => void
  onBack: () => void
  onNext: () => void
}

/** Encoding, sheet and header row: what was found out is shown and can be corrected, and the rows are counted again. */
export function ReadingStep({ file, reading, preview, onChange, onBack, onNext }: Props) {
  const t = useTexts()
  const f = useFormat()
  const words = t.importing.reading
  const { data } = preview
  return (
    <>
      {file.encoding !== null && <EncodingPart file={file} reading={reading} onChange={onChange} />}
      {file.sheets.length > 1 && (
        <Section title={words.sheet}>
          <Select
            label={words.sheet}
            hiddenLabel
            width="long"
            choices={file.sheets.map(({ name, state, rows }) => ({
              id: name,
              name,
              note: [words.sheetRows(f.number(rows)), state === 'visible' ? '' : words.hidden]
                .filter(Boolean)
                .join('、'),
            }))}
            value={reading.sheet ?? data?.sheet ?? undefined}
            onChange={(sheet) => onChange({ sheet, headerRow: undefined })}
          />
        </Section>
      )}
      {preview.isError && <FileProblem error={preview.error} onAgain={() => void preview.refetch()} />}
      {data === undefined && !preview.isError && <Loading>{words.counting}</Loading>}
      {data !== undefined && (
        <Section
          title={words.headerRow}
          aside={data.headerGuess === data.headerRow ? undefined : words.headerGuess(f.number(data.headerGuess))}
        >
          <NumberField
            key={`${data.sheet}:${data.headerRow}`}
            label={words.headerRow}
            help={words.headerHelp}
            min={1}
            integer
            value={data.headerRow}
            onChange={(row) => {
              if (row !== undefined && Number.isInteger(row) && row >= 1 && row !== data.headerRow) {
                onChange({ headerRow: row })
              }
            }}
          />
          {data.headerRow > 1 && (
            <p className="mt-1 text-note text-solid-gray-700">{words.before(f.number(data.headerRow - 1))}</p>
          )}
          <h3 className="mt-5 text-std-18B-160">{words.header}</h3>
          <ol className="mt-2 flex flex-wrap gap-2 text-note">
            {data.columns.map(({ position, header }) => (
              <li key={position} className="rounded-4 border border-solid-gray-300 px-2 py-0.5">
                {header === '' ? t.importing.columns.noHeader(f.number(position)) : header}
              </li>
            ))}
          </ol>
          <p role="status" className="mt-4 font-700">
            {preview.isFetching ? words.counting : words.counted(f.number(data.rows), f.number(data.columns.length))}
          </p>
        </Section>
      )}
      <ReadingWarnings warnings={data?.warnings ?? file.warnings} />
      <div className="mt-8 flex flex-wrap items-start justify-between gap-3">
        <Button icon="chevron-left" onPress={onBack}>
          {t.importing.wizard.back}
        </Button>
        {data !== undefined && !preview.isError && (
          <Button look="filled" onPress={onNext}>
            {words.next}
          </Button>
        )}
      </div>
    </>
  )
}

type EncodingProps = Pick<Props, 'file' | 'reading' | 'onChange'>

function EncodingPart({ file: { encoding, warnings }, reading, onChange }: EncodingProps) {
  const t = useTexts()
  const words = t.importing.reading
  if (encoding === null) return null
  const chosen = reading.encoding ?? encoding.encoding
  const found = new Map(encoding.candidates.map((one) => [one.encoding, one]))
  const unreadable = warnings.some(({ code }) => code === 'invalid-bytes-replaced')
  const sample = [...new Set(found.get(chosen)?.sample)]
  return (
    <Section title={words.encoding} aside={reading.encoding === undefined ? words.guessed : words.chosen}>
      <Select
        label={words.encoding}
        hiddenLabel
        choices={encodings.map((id) => {
          const guess = found.get(id)
          return {
            id,
            name: words.encodings[id] ?? id,
            note: guess === undefined ? undefined : words.confidence[guess.confidence],
          }
        })}
        value={chosen}
        onChange={(id) => onChange({ encoding: id as NonNullable<ReadingRequest['encoding']>, headerRow: undefined })}
      />
      {sample.length > 0 && (
        <>
          <h3 className="mt-4 text-std-16B-170">{words.sample}</h3>
          <p className="text-note text-solid-gray-700">{words.sampleHelp}</p>
          <ul className="mt-1 text-note">
            {sample.slice(0, 5).map((text) => (
              <li key={text} className="border-b border-solid-gray-200 py-1 whitespace-pre-wrap">
                {text}
              </li>
            ))}
          </ul>
        </>
      )}
      {(unreadable || reading.invalidBytes !== undefined) && (
        <div className="mt-4">
          <Checkbox
            chosen={reading.invalidBytes === 'replace'}
            onChange={(replace) => onChange({ invalidBytes: replace ? 'replace' : 'refuse' })}
          >
            <span>
              {words.invalid}
              <span className="block text-note text-solid-gray-700">{words.invalidHelp}</span>
            </span>
          </Checkbox>
        </div>
      )}
    </Section>
  )
}
