import { writeXlsx, type SheetToWrite } from '#register/spreadsheet/write-xlsx.ts'
import { fields as en } from '#register/words/en.ts'
import { fields as ja } from '#register/words/ja.ts'

import type { Report } from './api.ts'
import { reportVerdicts, type SectionId, sections } from './model.ts'
import { reportWords } from './words.ts'

type Language = 'ja' | 'en'
type Row = readonly string[]

/** The report as a workbook for people: a sheet of texts and figures, one of uses by stage and verdict, one of systems by name. */
export function makeReportFile(report: Report, language: Language): Promise<Uint8Array> {
  const words = reportWords[language]
  const sheet = (name: string, rows: readonly Row[]): SheetToWrite => ({ name, rows, headerRows: 1, wrap: true })
  return writeXlsx([
    sheet(words.title, mainRows(report, language)),
    sheet(language === 'ja' ? '段階と判定' : 'Stages and verdicts', stageRows(report, language)),
    sheet(language === 'ja' ? 'システム' : 'Systems', systemRows(report, language)),
  ])
}

const tokyo = (iso: string) => new Date(Date.parse(iso) + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

function mainRows(report: Report, language: Language): Row[] {
  const { head, states, sections: names, noText } = reportWords[language]
  const { organisation, period, number, state, figuresAt, submittedAt } = report
  return [
    [head.item, head.value],
    [head.organisation, organisation.name[language] || organisation.name.ja],
    [head.period, `${period.from} – ${period.to}`],
    [head.number, String(number)],
    [head.state, states[state]],
    [head.figuresAt, tokyo(figuresAt)],
    [head.submittedAt, submittedAt === null ? '–' : tokyo(submittedAt)],
    ...sections.flatMap((id): Row[] => [
      ['', ''],
      [names[id], report.texts[id]?.trim() || noText],
      ...figureRows(report, id, language),
    ]),
  ]
}

function figureRows({ figures, riskCases }: Report, id: SectionId, language: Language): Row[] {
  const words = reportWords[language].figures
  const listed = <K extends string>(labels: Readonly<Record<K, string>>, values: Readonly<Record<K, number>>): Row[] =>
    (Object.keys(labels) as K[]).map((key) => [labels[key], String(values[key])])
  switch (id) {
    case 'uses':
      return [
        [words.systems, String(figures.systems)],
        [words.uses, String(figures.uses)],
        [words.noVerdict, String(figures.notReported.verdict)],
        [words.noStage, String(figures.notReported.stage)],
      ]
    case 'movements': {
      const { added, changed, retired } = figures.movements
      return listed(words.movements, { added: added.length, changed: changed.length, retired: retired.length })
    }
    case 'high-risk':
      return [[words.uses, String(figures.highRisk.length)]]
    case 'overrides':
      return [[words.uses, String(figures.overrides.length)]]
    case 'effect':
      return listed(words.effect, figures.effect)
    case 'conditions':
      return listed(words.conditions, figures.conditions)
    case 'risk-cases':
      return riskRows(riskCases, words)
    case 'overview':
    case 'plans':
      return []
  }
}

function riskRows(riskCases: Report['riskCases'], words: (typeof reportWords)['ja']['figures']): Row[] {
  const count = riskCases?.count ?? null
  return [
    ['', words.riskNone],
    [words.riskCount, count === null ? words.riskUnknown : String(count)],
    ...(riskCases === null
      ? []
      : [
          [words.riskSource, riskCases.source],
          ['', riskCases.text],
        ]),
  ]
}

const registerWords = { ja, en }
const lookUp = (table: Readonly<Record<string, string>>, code: string) => table[code] ?? code

function stageName(stage: string, language: Language): string {
  const words = registerWords[language]
  return lookUp({ ...words.codes.stage, ...words.absences }, stage)
}

function stageRows({ figures }: Report, language: Language): Row[] {
  const words = reportWords[language].figures
  return [
    [words.stage, ...reportVerdicts.map((v) => lookUp(registerWords[language].verdicts, v)), words.total],
    ...figures.byStage.map((row) => [
      stageName(row.stage, language),
      ...reportVerdicts.map((v) => String(row.verdicts[v] ?? 0)),
      String(row.total),
    ]),
  ]
}

function systemRows({ figures }: Report, language: Language): Row[] {
  const { figures: words, sections: names, caseStates } = reportWords[language]
  const verdict = (code: string) => lookUp(registerWords[language].verdicts, code)
  const { added, changed, retired } = figures.movements
  const moved = (label: string, list: typeof added): Row[] => list.map((one) => [label, one.number, one.name, '', ''])
  return [
    [reportWords[language].head.item, words.number, words.name, words.use, reportWords[language].head.state],
    ...figures.highRisk.map((one) => [
      names['high-risk'],
      one.number,
      one.name,
      one.use,
      [
        stageName(one.stage, language),
        one.judged ? words.judged : words.notJudged,
        one.case === null ? words.noCase : [one.case.number, lookUp(caseStates, one.case.state)].join(' '),
      ].join(' / '),
    ]),
    ...figures.overrides.map((one) => [
      names.overrides,
      one.number,
      one.name,
      one.use,
      `${words.ruled}: ${verdict(one.ruled)} / ${words.decided}: ${verdict(one.decided)}`,
    ]),
    ...moved(words.movements.added, added),
    ...moved(words.movements.changed, changed),
    ...moved(words.movements.retired, retired),
  ]
}
