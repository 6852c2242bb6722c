import type { ColumnKey, FormKind, Language } from './model.ts'

type Words = {
  readonly sheets: Readonly<Record<FormKind, string>>
  readonly howTo: string
  readonly notInList: string
  readonly codes: { readonly name: string; readonly head: readonly [string, string, string] }
  readonly columns: Readonly<Record<ColumnKey, string>>
  readonly decisions: Readonly<Record<'include' | 'leave-out', string>>
  readonly proposals: Readonly<Record<'include' | 'leave-out' | 'undecided', string>>
  readonly ways: Readonly<Record<'document' | 'test' | 'run-time-rule', string>>
  readonly clauseStates: Readonly<Record<'open' | 'negotiating' | 'agreed', string>>
  readonly fulfils: Readonly<Record<'yes' | 'partly' | 'no', string>>
  readonly marks: Readonly<Record<'meets' | 'partly' | 'fails', string>>
  readonly separator: string
}

/** Words of the workbooks, as the screens use them. */
export const formWords: Readonly<Record<Language, Words>> = {
  ja: {
    sheets: {
      'check-sheet': '調達チェックシート',
      'contract-sheet': '契約チェックシート',
      'answer-sheet': '回答シート',
      comparison: '評価シート',
    },
    howTo:
      '白い欄に記入してください。灰色の欄は変えられません。行は番号で見分けるため、並べ替えても構いませんが、足したり消したりはできません。一つの欄に複数書くときは、改行（Alt+Enter）で分けてください。',
    notInList: '一覧から選んでください。まだ決まっていないときは空のままにします。',
    codes: { name: 'コード表', head: ['列', '選べる言葉', 'コード'] },
    columns: {
      id: '番号',
      group: '分類',
      title: '項目',
      proposal: '提案',
      decision: '採用か対象外か',
      reason: '判断の理由',
      requirement: '要件',
      chapter: '仕様書の番号',
      evidence: '求める証跡',
      verification: '確かめ方',
      clauseText: '契約の条項',
      clauseNumber: '条項の番号',
      clauseState: '合意の状態',
      agreedOn: '合意した日',
      bidder: '応札者',
      fulfils: '満たすか',
      answer: '回答',
      mark: '評価',
      markReason: '評価の理由',
    },
    decisions: { include: '採用', 'leave-out': '対象外' },
    proposals: { include: '採用', 'leave-out': '対象外', undecided: 'まだ決められない' },
    ways: { document: '書類', test: '試験', 'run-time-rule': '運用時の規則' },
    clauseStates: { open: '未着手', negotiating: '協議中', agreed: '合意' },
    fulfils: { yes: '満たす', partly: '一部', no: '満たさない' },
    marks: { meets: '満たす', partly: '一部', fails: '満たさない' },
    separator: '・',
  },
  en: {
    sheets: {
      'check-sheet': 'Procurement check sheet',
      'contract-sheet': 'Contract check sheet',
      'answer-sheet': 'Answer sheet',
      comparison: 'Evaluation sheet',
    },
    howTo:
      'Fill in the white cells. Grey cells are locked. Rows are known by their number: sorting is fine, adding or removing rows is not. Several entries in one cell go on separate lines (Alt+Enter).',
    notInList: 'Choose from the list. Leave the cell empty while it is not decided.',
    codes: { name: 'Codes', head: ['Column', 'Word to choose', 'Code'] },
    columns: {
      id: 'Number',
      group: 'Group',
      title: 'Item',
      proposal: 'Proposal',
      decision: 'Include?',
      reason: 'Reason for the decision',
      requirement: 'Requirement',
      chapter: 'Number in the specification',
      evidence: 'Evidence asked for',
      verification: 'Verified by',
      clauseText: 'Contract clause',
      clauseNumber: 'Clause number',
      clauseState: 'State of agreement',
      agreedOn: 'Agreed on',
      bidder: 'Bidder',
      fulfils: 'Fulfilled?',
      answer: 'Answer',
      mark: 'Mark',
      markReason: 'Reason for the mark',
    },
    decisions: { include: 'Include', 'leave-out': 'Leave out' },
    proposals: { include: 'Include', 'leave-out': 'Leave out', undecided: 'Cannot be decided yet' },
    ways: { document: 'Documents', test: 'Test', 'run-time-rule': 'Run-time rule' },
    clauseStates: { open: 'Not begun', negotiating: 'Under negotiation', agreed: 'Agreed' },
    fulfils: { yes: 'Fulfilled', partly: 'Partly', no: 'Not fulfilled' },
    marks: { meets: 'Meets', partly: 'Partly', fails: 'Fails' },
    separator: '; ',
  },
}
