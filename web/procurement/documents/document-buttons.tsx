import { useMutation, useQueryClient } from '@tanstack/react-query'

import { paths } from '#web/paths.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ButtonLink } from '#web/ui/link.tsx'

import { documentsQuery, downloadDocument, formAddress } from './calls.ts'
import { MakingProblem } from './file-words.tsx'

/** What is made of the sheet most often, and the way to everything else. For the page of the procurement. */
export function DocumentButtons({ id }: { id: string }) {
  const t = useTexts().documents
  const { language } = useLanguage()
  const queryClient = useQueryClient()
  const make = useMutation({
    mutationFn: () => downloadDocument(id, { kind: 'specification-annex', format: 'docx', language, internal: false }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: documentsQuery(id).queryKey }),
  })
  return (
    <div className="flex flex-wrap items-start gap-3">
      <ButtonLink href={formAddress(id, 'check-sheet', language)} look="outline" size="medium" download>
        {t.exportExcel}
      </ButtonLink>
      <Button size="medium" busy={make.isPending} onPress={() => make.mutate()}>
        {t.specificationWord}
      </Button>
      <ButtonLink href={paths.procurementDocuments(id)} look="text" size="medium">
        {t.all}
      </ButtonLink>
      {make.isError && <MakingProblem error={make.error} />}
    </div>
  )
}
