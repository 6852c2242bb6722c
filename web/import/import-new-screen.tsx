import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { ImportFile, ReadingRequest } from '#register/import/api.ts'
import { useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Notice } from '#web/ui/notice.tsx'

import { type Show, previewQuery } from './calls.ts'
import { FileStep } from './file-step.tsx'
import { MapStep } from './map-step.tsx'
import { ReadingStep } from './reading-step.tsx'
import { WizardFrame, type WizardStep } from './wizard-frame.tsx'

/** Decides: is the reading right; take it or go back. Changing how the file is read recounts in place. */
export function ImportNewScreen() {
  const t = useTexts()
  const me = useMe()
  const [step, setStep] = useState<WizardStep>('file')
  const [file, setFile] = useState<ImportFile | undefined>()
  const [organisationId, setOrganisationId] = useState<string | undefined>()
  const [how, setHow] = useState<Partial<ReadingRequest>>({})
  const [page, setPage] = useState<{ from: number; show: Show }>({ from: 0, show: 'all' })
  const reading: ReadingRequest = {
    sha256: file?.sha256 ?? '',
    fileName: file?.fileName ?? '',
    organisationId: organisationId ?? me?.heldFor,
    ...how,
  }
  const preview = useQuery({ ...previewQuery(reading, page), enabled: file !== undefined && step !== 'file' })
  const change = (what: Partial<ReadingRequest>) => {
    setPage({ from: 0, show: page.show })
    setHow({ ...how, ...what })
  }
  if (me && !me.may.import) {
    return (
      <WizardFrame step="file">
        <Notice kind="attention" title={t.importing.list.blocked} />
      </WizardFrame>
    )
  }
  return (
    <WizardFrame step={step} onGo={setStep}>
      {step === 'file' && (
        <FileStep
          file={file}
          organisationId={reading.organisationId ?? ''}
          onOrganisation={setOrganisationId}
          onFile={(found) => {
            setFile(found)
            // A mere possibility is never taken unasked: the server wants it said.
            const unsure = found?.encoding?.confidence === 'possible' ? found.encoding.encoding : undefined
            setHow(unsure === undefined ? {} : { encoding: unsure as NonNullable<ReadingRequest['encoding']> })
          }}
          onNext={() => setStep('reading')}
        />
      )}
      {step === 'reading' && file && (
        <ReadingStep
          file={file}
          reading={reading}
          preview={preview}
          onChange={change}
          onBack={() => setStep('file')}
          onNext={() => setStep('map')}
        />
      )}
      {step === 'map' && file && (
        <MapStep
          file={file}
          reading={reading}
          preview={preview}
          page={page}
          onPage={setPage}
          onChange={change}
          onGo={setStep}
        />
      )}
    </WizardFrame>
  )
}
