import type { UseQueryResult } from '@tanstack/react-query'

import type { ImportFile, ReadingRequest } from '#register/import/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Loading } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Section } from '#web/ui/page.tsx'

import { BeginBar } from './begin-bar.tsx'
import type { ImportPreview, Show } from './calls.ts'
import { ColumnTable } from './column-table.tsx'
import { CountsPanels } from './counts-panels.tsx'
import { Equation } from './equation.tsx'
import { FileProblem } from './file-problem.tsx'
import { hasName } from './map-edit.ts'
import { PreviewTable } from './preview-table.tsx'
import { ReadingSummary } from './reading-summary.tsx'
import type { WizardStep } from './wizard-frame.tsx'

type Props = {
  file: ImportFile
  reading: ReadingRequest
  preview: UseQueryResult<ImportPreview>
  page: { from: number; show: Show }
  onPage: (page: { from: number; show: Show }) => void
  onChange: (what: Partial<ReadingRequest>) => void
  onGo: (step: WizardStep) => void
}

/** Every row accounted for, which column goes where, what the rows will become: then it begins. */
export function MapStep({ file, reading, preview, page, onPage, onChange, onGo }: Props) {
  const t = useTexts()
  const { data } = preview
  if (data === undefined) {
    return preview.isError ? (
      <FileProblem error={preview.error} onAgain={() => void preview.refetch()} />
    ) : (
      <Loading>{t.importing.reading.counting}</Loading>
    )
  }
  const show = (what: Show) => {
    onPage({ from: 0, show: what })
    document.getElementById('preview')?.scrollIntoView()
    document.getElementById('preview')?.focus()
  }
  return (
    <>
      <ReadingSummary file={file} reading={reading} preview={data} onChange={onChange} onGo={onGo} />
      {preview.isError && <FileProblem error={preview.error} onAgain={() => void preview.refetch()} />}
      {!hasName(data.map) && <Notice kind="attention" title={t.importing.columns.needsName} />}
      <Section title={t.importing.equation.title}>
        <Equation rows={data.rows} stored={data.stored} rejected={data.rejected} counting={preview.isFetching} />
        <CountsPanels
          reasons={data.reasons}
          flags={data.flags}
          flagged={data.flagged}
          onSee={(what) => show(what === 'reason' ? 'rejected' : 'flagged')}
        />
      </Section>
      <ColumnTable preview={data} onMap={(map) => onChange({ map })} />
      <PreviewTable preview={data} page={page} onPage={onPage} />
      <BeginBar reading={reading} preview={data} counting={preview.isFetching} onBack={() => onGo('reading')} />
    </>
  )
}
