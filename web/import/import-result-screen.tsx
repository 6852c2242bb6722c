import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'

import type { Import } from '#register/import/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Loaded } from '#web/ui/loading.tsx'

import { importQuery, importsChanged, progressQuery } from './calls.ts'
import { ImportRunning } from './import-running.tsx'
import { ImportDone } from './import-done.tsx'
import { WizardFrame } from './wizard-frame.tsx'

/** One import: while it runs, how far it is; then the result with every row accounted for. */
export function ImportResultScreen() {
  const { id } = useParams({ from: '/imports/$id' })
  const t = useTexts()
  const queryClient = useQueryClient()
  // The import holds the database while it runs, so the progress is asked first and the rest once it is over.
  const progress = useQuery(progressQuery(id))
  const over = progress.isSuccess && progress.data === null
  const found = useQuery({ ...importQuery(id), enabled: over || progress.isError })
  useEffect(() => {
    if (over) void importsChanged(queryClient)
  }, [over, queryClient])
  if (progress.data) {
    return (
      <WizardFrame step="running" title={t.importing.running.title}>
        <ImportRunning id={id} progress={progress.data} />
      </WizardFrame>
    )
  }
  return (
    <WizardFrame step="result" title={found.data?.fileName ?? t.importing.title}>
      <Loaded query={found}>{(data: Import) => <ImportDone key={data.state} of={data} />}</Loaded>
    </WizardFrame>
  )
}
