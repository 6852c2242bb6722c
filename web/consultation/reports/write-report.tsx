import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Report } from '#consultation/reports/api.ts'
import { type ReportTexts, type RiskCases, sections } from '#consultation/reports/model.ts'
import { api } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { NumberField } from '#web/ui/number-field.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { TextArea, TextField } from '#web/ui/text-field.tsx'

import { reportQuery } from './calls.ts'
import { useFigureNames } from './figure-names.ts'
import { SectionFigures } from './figures.tsx'

const noRisk: RiskCases = { count: null, text: '', source: '' }

/** The report while it is written: under the figures of each section the text of the office. */
export function WriteReport({ report }: { report: Report }) {
  const words = useTexts().reports.one
  const names = useFigureNames()
  const queryClient = useQueryClient()
  const [texts, setTexts] = useState<ReportTexts>(report.texts)
  const [risk, setRisk] = useState<RiskCases>(report.riskCases ?? noRisk)
  const [tried, setTried] = useState(false)
  const empty = risk.count === null && risk.text.trim() === '' && risk.source.trim() === ''
  const needSource = risk.count !== null && risk.source.trim() === ''
  const saving = useMutation({
    mutationFn: () =>
      api.patch<Report>(
        `/reports/${report.id}`,
        { texts, riskCases: empty ? null : risk },
        { version: report.version },
      ),
    onSuccess: (now) => queryClient.setQueryData(reportQuery(report.id).queryKey, now),
  })
  return (
    <form
      noValidate
      onSubmit={(e) => {
        e.preventDefault()
        setTried(true)
        if (!needSource) saving.mutate()
      }}
    >
      {sections.map((id) => (
        <Section key={id} title={names.words.sections[id]}>
          {id === 'risk-cases' ? (
            <RiskFields risk={risk} onChange={setRisk} fault={tried && needSource ? words.needSource : undefined} />
          ) : (
            <SectionFigures id={id} report={report} />
          )}
          <div className="mt-4">
            <TextArea
              label={words.textOf(names.words.sections[id])}
              width="full"
              rows={3}
              value={texts[id] ?? ''}
              onChange={(text) => setTexts({ ...texts, [id]: text })}
            />
          </div>
        </Section>
      ))}
      {saving.isError && <Problem error={saving.error} takesFocus />}
      <Button type="submit" look="outline" busy={saving.isPending}>
        {words.save}
      </Button>
    </form>
  )
}

type RiskProps = { risk: RiskCases; onChange: (risk: RiskCases) => void; fault: string | undefined }

/** Entered by hand: nothing is counted here by itself, and empty is not zero. */
function RiskFields({ risk, onChange, fault }: RiskProps) {
  const words = useTexts().reports.one
  const { words: names } = useFigureNames()
  return (
    <div className="flex flex-col gap-4">
      <p>{names.figures.riskNone}</p>
      <NumberField
        label={words.riskCount}
        help={words.riskCountHelp}
        requirement="optional"
        integer
        min={0}
        value={risk.count ?? undefined}
        onChange={(count) => onChange({ ...risk, count: count === undefined || Number.isNaN(count) ? null : count })}
      />
      <TextField
        label={words.riskSource}
        help={words.riskSourceHelp}
        width="long"
        value={risk.source}
        onChange={(source) => onChange({ ...risk, source })}
        {...(fault === undefined ? {} : { error: fault })}
      />
      <TextArea
        label={words.riskText}
        width="full"
        rows={3}
        value={risk.text}
        onChange={(text) => onChange({ ...risk, text })}
      />
    </div>
  )
}
