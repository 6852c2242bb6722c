import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { type Choices, differenceKey } from '#procurement/documents/excel/model.ts'
import type { AnswerFormPreview, OwnTender } from '#procurement/tenders/api.ts'
import { labelOf } from '#procurement/sheets/model.ts'
import { apiAddress } from '#web/api.ts'
import { DifferenceTable, openConflicts } from '#web/procurement/documents/difference-table.tsx'
import { FaultTable } from '#web/procurement/documents/fault-table.tsx'
import { WorkbookProblem } from '#web/procurement/documents/file-words.tsx'
import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { FileField } from '#web/ui/file-field.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink } from '#web/ui/link.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Panel } from '#web/ui/panel.tsx'

import { previewAnswers, takeAnswers, type ToSave } from './calls.ts'
import { Refused } from './refused.tsx'

/** The answers as a workbook: filled elsewhere, shown cell by cell, then taken as drafts. */
export function SpreadsheetPanel({ tender }: { tender: OwnTender }) {
  const t = useTexts().tenders.spreadsheet
  const { language } = useLanguage()
  const preview = useMutation({ mutationFn: (file: File) => previewAnswers(tender.id, file) })
  return (
    <div className="mb-5">
      <Panel title={t.title}>
        <p className="mb-3">{t.lead}</p>
        <div className="mb-4">
          <ButtonLink href={apiAddress(`/tenders/${tender.id}/answers.xlsx`, { language })} size="small" download>
            {t.download}
          </ButtonLink>
        </div>
        <FileField
          label={t.file}
          accept=".xlsx"
          choose={t.choose}
          drop={t.drop}
          busy={preview.isPending}
          onFile={(file) => preview.mutate(file)}
        />
        {preview.isError && <WorkbookProblem error={preview.error} />}
        {preview.data && (
          <Shown key={preview.submittedAt} tender={tender} shown={preview.data} onTaken={preview.reset} />
        )}
      </Panel>
    </div>
  )
}

type ShownProps = { tender: OwnTender; shown: AnswerFormPreview; onTaken: () => void }

function Shown({ tender, shown, onTaken }: ShownProps) {
  const t = useTexts().tenders.spreadsheet
  const format = useFormat()
  const queryClient = useQueryClient()
  const [choices, setChoices] = useState<Choices>({})
  const take = useMutation({
    mutationFn: () => takeAnswers(tender.id, shown.fileName, answersOf(tender, shown, choices)),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['tenders'] })
      onTaken()
    },
  })
  const { faults, differences } = shown
  if (faults.length > 0)
    return (
      <div className="mt-4">
        <Notice kind="error" title={t.faults(format.number(faults.length))} takesFocus>
          <FaultTable faults={faults} />
        </Notice>
      </div>
    )
  if (differences.length === 0) return <p className="mt-4">{t.same}</p>
  const open = openConflicts(differences, choices)
  return (
    <div className="mt-4 flex flex-col gap-4">
      <DifferenceTable differences={differences} choices={choices} onChoices={setChoices} />
      <Refused error={take.error} />
      <div>
        <Button
          busy={take.isPending}
          onPress={() => take.mutate()}
          {...(open === 0 ? {} : { blockedBecause: t.choose2(format.number(open)) })}
        >
          {t.take(format.number(differences.length))}
        </Button>
      </div>
    </div>
  )
}

/** Answers as they will be: what is there, with the cells of the file in their place. */
function answersOf(tender: OwnTender, { differences, fulfils }: AnswerFormPreview, choices: Choices): ToSave[] {
  const wanted = differences.filter((one) => !one.conflict || choices[differenceKey(one)] === 'file')
  return tender.items.flatMap((item): ToSave[] => {
    const own = wanted.filter(({ id }) => id === labelOf(item.item))
    if (own.length === 0) return []
    const said = own.find(({ column }) => column === 'fulfils')
    const text = own.find(({ column }) => column === 'answer')
    return [
      {
        item: item.item,
        version: item.version,
        fulfils: said ? (fulfils[said.to] ?? null) : item.fulfils,
        text: text ? text.to : item.text,
      },
    ]
  })
}
