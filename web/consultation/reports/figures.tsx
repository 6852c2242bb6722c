import type { Report } from '#consultation/reports/api.ts'
import { type Figures, type NamedSystem, reportVerdicts, type SectionId } from '#consultation/reports/model.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { LongText } from '#web/ui/long-text.tsx'
import { DefinitionList } from '#web/ui/panel.tsx'
import { DataTable } from '#web/ui/table.tsx'

import { useFigureNames } from './figure-names.ts'

/** The figures of one section, as they were frozen. */
export function SectionFigures({ id, report }: { id: SectionId; report: Report }) {
  const { figures } = report
  switch (id) {
    case 'uses':
      return <Uses figures={figures} />
    case 'movements':
      return <Movements figures={figures} />
    case 'high-risk':
      return <HighRisk figures={figures} />
    case 'overrides':
      return <Overrides figures={figures} />
    case 'effect':
      return <Effect figures={figures} />
    case 'conditions':
      return <Conditions figures={figures} />
    case 'risk-cases':
      return <RiskCases report={report} />
    case 'overview':
    case 'plans':
      return null
  }
}

type Props = { figures: Figures }

function Uses({ figures }: Props) {
  const t = useTexts().reports.one
  const f = useFormat()
  const { words, verdict, stage } = useFigureNames()
  const sum = (of: (row: Figures['byStage'][number]) => number) => figures.byStage.reduce((n, row) => n + of(row), 0)
  const total = {
    stage: 'total',
    verdicts: Object.fromEntries(reportVerdicts.map((v) => [v, sum((row) => row.verdicts[v] ?? 0)])),
    total: figures.uses,
  }
  return (
    <>
      <p className="mb-3">
        {words.figures.systems} {f.number(figures.systems)}・{words.figures.uses} {f.number(figures.uses)}・
        {words.figures.noVerdict} {f.number(figures.notReported.verdict)}・{words.figures.noStage}{' '}
        {f.number(figures.notReported.stage)}
      </p>
      <DataTable
        caption={words.sections.uses}
        dense
        neverCards
        rows={[...figures.byStage, total]}
        rowKey={(row) => row.stage}
        rowTone={(row) => (row.stage === 'total' ? 'sum' : undefined)}
        columns={[
          {
            id: 'stage',
            name: t.stage,
            rowHead: true,
            cell: (row) => (row.stage === 'total' ? t.total : stage(row.stage)),
          },
          ...reportVerdicts.map((v) => ({
            id: v,
            name: verdict(v),
            align: 'right' as const,
            cell: (row: typeof total) => f.number(row.verdicts[v] ?? 0),
          })),
          { id: 'total', name: t.total, align: 'right', cell: (row) => f.number(row.total) },
        ]}
      />
      <p className="mt-2 text-note text-solid-gray-700">{t.reportedOnly}</p>
    </>
  )
}

function Names({ list }: { list: readonly NamedSystem[] }) {
  const t = useTexts().reports.one
  if (list.length === 0) return t.none
  return (
    <ul>
      {list.map((one) => (
        <li key={one.systemId}>
          <Link href={paths.system(one.systemId)}>{one.name}</Link>{' '}
          <span className="text-note text-solid-gray-700">{one.number}</span>
        </li>
      ))}
    </ul>
  )
}

function Movements({ figures: { movements } }: Props) {
  const t = useTexts()
  const f = useFormat()
  const { words } = useFigureNames()
  return (
    <DefinitionList
      items={(['added', 'changed', 'retired'] as const).map((what) => ({
        term: t.ui.named(words.figures.movements[what], f.number(movements[what].length)),
        detail: <Names list={movements[what]} />,
      }))}
    />
  )
}

const systemColumn = (name: string) => ({
  id: 'name',
  name,
  rowHead: true,
  cell: (row: NamedSystem & { use: string }) => (
    <>
      <Link href={paths.system(row.systemId)} bold>
        {row.name}
      </Link>
      <span className="block text-note text-solid-gray-700">
        {row.number}
        {row.use !== row.name && `　${row.use}`}
      </span>
    </>
  ),
})

function HighRisk({ figures: { highRisk } }: Props) {
  const t = useTexts().reports.one
  const { words, stage, caseState } = useFigureNames()
  if (highRisk.length === 0) return <p>{t.none}</p>
  return (
    <DataTable
      caption={words.sections['high-risk']}
      rows={highRisk}
      rowKey={(row) => `${row.systemId} ${row.use}`}
      columns={[
        systemColumn(words.figures.name),
        { id: 'stage', name: t.stage, cell: (row) => stage(row.stage) },
        {
          id: 'judged',
          name: words.figures.decision,
          cell: (row) => (row.judged ? words.figures.judged : words.figures.notJudged),
        },
        {
          id: 'case',
          name: words.figures.caseState,
          cell: (row) =>
            row.case === null ? words.figures.noCase : `${row.case.number ?? ''} ${caseState(row.case.state)}`.trim(),
        },
      ]}
    />
  )
}

function Overrides({ figures: { overrides } }: Props) {
  const t = useTexts().reports.one
  const { words, verdict } = useFigureNames()
  if (overrides.length === 0) return <p>{t.none}</p>
  return (
    <DataTable
      caption={words.sections.overrides}
      rows={overrides}
      rowKey={(row) => `${row.systemId} ${row.use}`}
      columns={[
        systemColumn(words.figures.name),
        { id: 'ruled', name: words.figures.ruled, cell: (row) => verdict(row.ruled) },
        { id: 'decided', name: words.figures.decided, cell: (row) => verdict(row.decided) },
      ]}
    />
  )
}

function Effect({ figures: { effect } }: Props) {
  const t = useTexts().reports.one
  const f = useFormat()
  const { words } = useFigureNames()
  return (
    <>
      <DefinitionList
        items={(Object.keys(words.figures.effect) as (keyof Figures['effect'])[]).map((key) => ({
          term: words.figures.effect[key],
          detail: f.number(effect[key]),
        }))}
      />
      <p className="mt-2 text-note text-solid-gray-700">{t.notMeasured(f.number(effect.notMeasured))}</p>
    </>
  )
}

function Conditions({ figures: { conditions } }: Props) {
  const f = useFormat()
  const { words } = useFigureNames()
  return (
    <DefinitionList
      items={(Object.keys(words.figures.conditions) as (keyof Figures['conditions'])[]).map((key) => ({
        term: words.figures.conditions[key],
        detail: f.number(conditions[key]),
      }))}
    />
  )
}

/** What the office entered, and in words that nothing is counted here by itself. */
function RiskCases({ report: { riskCases } }: { report: Report }) {
  const f = useFormat()
  const { words } = useFigureNames()
  const count = riskCases?.count ?? null
  return (
    <>
      <p className="mb-3">{words.figures.riskNone}</p>
      <DefinitionList
        items={[
          { term: words.figures.riskCount, detail: count === null ? words.figures.riskUnknown : f.number(count) },
          ...(riskCases === null || riskCases.source === ''
            ? []
            : [{ term: words.figures.riskSource, detail: riskCases.source }]),
        ]}
      />
      {riskCases !== null && riskCases.text !== '' && (
        <div lang="ja" className="mt-3">
          <LongText text={riskCases.text} />
        </div>
      )}
    </>
  )
}
