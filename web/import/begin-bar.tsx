import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'

import type { ReadingRequest } from '#register/import/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'

import { type ImportPreview, importsQuery } from './calls.ts'
import { FileProblem } from './file-problem.tsx'
import { hasName } from './map-edit.ts'
import { SaveMap } from './save-map.tsx'

type Props = { reading: ReadingRequest; preview: ImportPreview; counting: boolean; onBack: () => void }

/** Back, keep the map, or begin: the button says how many rows. */
export function BeginBar({ reading, preview, counting, onBack }: Props) {
  const t = useTexts()
  const f = useFormat()
  const words = t.importing.begin
  const router = useRouter()
  const queryClient = useQueryClient()
  const begin = useMutation({
    mutationFn: () =>
      api.post<{ id: string }>('/imports', { ...reading, map: preview.map, headerRow: preview.headerRow }),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: importsQuery.queryKey })
      router.history.push(paths.import(id))
    },
  })
  const blockedBecause = counting
    ? t.importing.reading.counting
    : !hasName(preview.map)
      ? t.importing.columns.needsName
      : preview.stored === 0
        ? words.none
        : undefined
  return (
    <div className="mt-8 border-t border-solid-gray-420 pt-5">
      {begin.isError && <FileProblem error={begin.error} />}
      <div className="flex flex-wrap items-start gap-x-5 gap-y-3">
        <Button icon="chevron-left" onPress={onBack}>
          {t.importing.wizard.back}
        </Button>
        <SaveMap map={preview.map} />
        <div className="ml-auto flex flex-wrap items-start justify-end gap-4">
          <p className="text-note text-solid-gray-700 sm:text-right">
            {words.promise}
            <br />
            {words.again}
          </p>
          <Button look="filled" busy={begin.isPending} blockedBecause={blockedBecause} onPress={() => begin.mutate()}>
            {words.button(f.number(preview.stored))}
          </Button>
        </div>
      </div>
    </div>
  )
}
