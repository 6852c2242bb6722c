import type { Actor } from '#audit/transaction.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import { writeCsv } from '#register/spreadsheet/write-csv.ts'
import { writeXlsx } from '#register/spreadsheet/write-xlsx.ts'
import { fields as enFields } from '#register/words/en.ts'
import { fields as jaFields } from '#register/words/ja.ts'

import type { Condition, ConditionsQuery } from './api.ts'
import { allConditions } from './list-conditions.ts'

export const conditionFileFormats = ['csv', 'xlsx'] as const
export type ConditionFileFormat = (typeof conditionFileFormats)[number]

const heads = {
  ja: [
    '案件',
    '対象',
    '府省・部署',
    '番号',
    '条件',
    '働き',
    '段階',
    '担当',
    '期限',
    '終わったと認める証跡',
    '状態',
    '期限超過',
    '報告',
    '確認',
  ],
  en: [
    'Case',
    'System',
    'Organisation',
    'Number',
    'Condition',
    'Effect',
    'Stage',
    'Owner',
    'Due',
    'Evidence that settles it',
    'State',
    'Overdue',
    'Reported',
    'Settled',
  ],
} as const
const words = {
  ja: {
    effects: { blocks: '進めない', warns: '注意' },
    states: { open: '未了', reported: '報告済み', met: '完了', withdrawn: '取下げ' },
    overdue: '期限超過',
    stages: jaFields.codes.stage,
  },
  en: {
    effects: { blocks: 'Blocks', warns: 'Warns' },
    states: { open: 'Open', reported: 'Reported', met: 'Met', withdrawn: 'Withdrawn' },
    overdue: 'Overdue',
    stages: enFields.codes.stage,
  },
} as const

/** The list as it is filtered, as a file for people. @throws AppError `not-permitted` */
export async function exportConditions(
  deps: Pick<ConsultationDeps, 'db' | 'tx' | 'may' | 'now'>,
  actor: Actor,
  asked: { query: ConditionsQuery; format: ConditionFileFormat; language: 'ja' | 'en' },
): Promise<{ fileName: string; contentType: string; content: Buffer }> {
  const { format, language } = asked
  const conditions = await allConditions(deps, actor, asked.query)
  const rows = [[...heads[language]], ...conditions.map((c) => rowOf(c, language))]
  await deps.tx(actor, (t) =>
    t.append({
      type: 'condition.exported',
      itemKind: 'organisation',
      itemId: actor.organisationId,
      detail: { format, rows: conditions.length },
    }),
  )
  const bytes =
    format === 'csv'
      ? writeCsv(rows, { encoding: 'utf-8-bom', escape: 'apostrophe' })
      : await writeXlsx([
          { name: language === 'ja' ? '条件' : 'Conditions', rows, headerRows: 1, frozenColumns: 1, wrap: true },
        ])
  const day = deps.now().toISOString().slice(0, 10)
  return {
    fileName: `tenbin-conditions-${day}.${format}`,
    contentType:
      format === 'csv'
        ? 'text/csv; charset=utf-8'
        : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content: Buffer.from(bytes),
  }
}

function rowOf(c: Condition, language: 'ja' | 'en'): string[] {
  const w = words[language]
  const named = (path: Condition['organisation']['path']) => path.map(({ name }) => name[language] || name.ja).join(' ')
  return [
    c.caseNumber ?? '',
    c.systemName,
    named(c.organisation.path),
    String(c.position),
    c.text[language] || c.text.ja,
    w.effects[c.effect],
    w.stages[c.stage],
    [named(c.owner.path), c.ownerUnit].filter((one) => one !== '').join(' '),
    c.dueOn ?? '',
    c.evidenceWanted,
    w.states[c.state],
    c.overdue ? w.overdue : '',
    c.reportedAt?.slice(0, 10) ?? '',
    c.settledAt?.slice(0, 10) ?? '',
  ]
}
