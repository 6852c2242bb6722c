import { useMutation, useQueryClient } from '@tanstack/react-query'

import type { DocumentsPage } from '#procurement/documents/api.ts'
import type { DocumentFormat, DocumentKind, Language } from '#procurement/documents/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Panel } from '#web/ui/panel.tsx'

import { documentsQuery, downloadDocument } from './calls.ts'
import { MakingProblem } from './file-words.tsx'

type Props = { page: DocumentsPage; kind: DocumentKind; language: Language; internal: boolean }

export function DocumentCard({ page, kind, language, internal }: Props) {
  const t = useTexts().documents
  const queryClient = useQueryClient()
  const { id } = page.procurement
  const make = useMutation({
    mutationFn: (format: DocumentFormat) => downloadDocument(id, { kind, format, language, internal }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: documentsQuery(id).queryKey }),
  })
  const stamp = page.stamps.find((one) => one.kind === kind)
  const { name, help } = t.kinds[kind]
  const none = kind === 'evaluation-record' && page.bidders === 0 ? t.noBidders : undefined
  const busy = (format: DocumentFormat) => make.isPending && make.variables === format
  return (
    <Panel title={name} level={2}>
      <p>{help}</p>
      {stamp && (
        <p className="mt-2 text-note break-all text-solid-gray-700">
          {t.stamp(String(stamp.version), stamp.digest.slice(0, 12))}
        </p>
      )}
      <div className="mt-4 flex flex-wrap items-start gap-3">
        <Button
          look="outline"
          size="medium"
          label={`${name} ${t.word}`}
          busy={busy('docx')}
          {...(none === undefined ? {} : { blockedBecause: none })}
          onPress={() => make.mutate('docx')}
        >
          {t.word}
        </Button>
        {page.pdf && none === undefined && (
          <Button
            look="text"
            size="medium"
            label={`${name} ${t.pdf}`}
            busy={busy('pdf')}
            onPress={() => make.mutate('pdf')}
          >
            {t.pdf}
          </Button>
        )}
      </div>
      <div className="mt-3" role="status">
        {make.isPending && t.making}
      </div>
      {make.isSuccess && (
        <Notice kind="success" title={t.ready(make.data)}>
          {t.readyTodo}
        </Notice>
      )}
      {make.isError && <MakingProblem error={make.error} />}
    </Panel>
  )
}
