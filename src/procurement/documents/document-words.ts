import type { Provenance } from '#catalog/model-texts.ts'

import type { Language } from './model.ts'

/** Words of the documents. Requirements, clauses and reasons are what people wrote in the sheet. */
type Words = {
  readonly headings: {
    readonly requirement: string
    readonly evidence: string
    readonly verification: string
    readonly provenance: string
    readonly excluded: string
    readonly clauses: string
    readonly contractClauses: string
    readonly relatedClauses: string
    readonly checks: string
    readonly bidders: string
    readonly matrix: string
    readonly reasons: string
    readonly award: string
  }
  readonly tables: {
    readonly items: readonly [string, string, string, string]
    readonly verification: readonly [string, string]
    readonly excluded: readonly [string, string, string]
    readonly checks: readonly [string, string, string, string, string]
    readonly bidders: readonly [string, string, string, string, string, string, string]
    readonly reasons: readonly [string, string, string, string]
    readonly item: string
  }
  readonly itemsCaption: string
  readonly noEvidence: string
  readonly noVerification: string
  readonly noItems: string
  readonly noClauses: string
  readonly noExcluded: string
  readonly excludedNote: string
  readonly undecided: (items: string) => string
  readonly japaneseOnly: string
  readonly itemNote: (label: string, chapter: string) => string
  readonly clauseNote: (label: string, state: string) => string
  readonly ways: Readonly<Record<'document' | 'test' | 'run-time-rule', string>>
  readonly wayTexts: Readonly<Record<'document' | 'test' | 'run-time-rule', string>>
  readonly clauseStates: Readonly<Record<'open' | 'negotiating' | 'agreed', string>>
  readonly agreedOn: (day: string) => string
  readonly marks: Readonly<Record<'meets' | 'partly' | 'fails', readonly [sign: string, words: string]>>
  readonly notMarked: readonly [string, string]
  readonly legend: (all: string) => string
  readonly fulfils: Readonly<Record<'yes' | 'partly' | 'no', string>>
  readonly notAnswered: string
  readonly noReason: string
  readonly noBidders: string
  readonly noAward: string
  readonly award: (label: string, name: string, day: string) => string
  readonly awardReason: string
  readonly provenance: Readonly<Record<Provenance, string>>
  readonly provenanceLead: (guideline: string) => string
  readonly provenanceLine: (labels: string, mark: string, source: string) => string
  readonly noPattern: string
  readonly separator: string
}

export const documentWords: Readonly<Record<Language, Words>> = {
  ja: {
    headings: {
      requirement: '要件',
      evidence: '求める証跡',
      verification: '確かめ方',
      provenance: '出所の注記',
      excluded: '付録（内部用）　対象外とした項目',
      clauses: '条項',
      contractClauses: '契約で合意する条項',
      relatedClauses: '調達仕様書の項目に対応する条項',
      checks: '契約チェックシートの確認',
      bidders: '応札者',
      matrix: '評価の一覧',
      reasons: '評価の理由',
      award: '選定の結果',
    },
    tables: {
      items: ['番号', '仕様書の番号', '項目', '確かめ方'],
      verification: ['方法', '確かめること'],
      excluded: ['番号', '項目', '対象外とした理由'],
      checks: ['番号', '確認する事項', '条項の番号', '状態', '合意した日'],
      bidders: ['記号', '応札者', '提出日', '満たす', '一部', '満たさない', '未回答'],
      reasons: ['応札者', '回答', '評価', '理由'],
      item: '項目',
    },
    itemsCaption: 'この別紙で求める項目',
    noEvidence: '求める証跡は定めていません。',
    noVerification: '確かめ方は定めていません。',
    noItems: '対象とした項目はありません。',
    noClauses: '対象とした条項はありません。',
    noExcluded: '対象外とした項目はありません。',
    excludedNote: 'この付録は内部の控えです。公告や契約の文書には付けないでください。',
    undecided: (items) => `まだ判断していない項目があります：${items}`,
    japaneseOnly: '（日本語の文言が正です。）',
    itemNote: (label, chapter) => `項目 ${label}${chapter === '' ? '' : `　仕様書の番号 ${chapter}`}`,
    clauseNote: (label, state) => `項目 ${label}　${state}`,
    ways: { document: '書類', test: '試験', 'run-time-rule': '運用時の規則' },
    wayTexts: {
      document: '提出された証跡を読み、要件を満たすことを確かめます。',
      test: '構築・テストの段階で試験を行い、結果を確かめます。',
      'run-time-rule': '利活用ルールの設定により、運用中に守られることを確かめます。',
    },
    clauseStates: { open: '未着手', negotiating: '協議中', agreed: '合意' },
    agreedOn: (day) => `${day}合意`,
    marks: { meets: ['○', '満たす'], partly: ['△', '一部'], fails: ['×', '満たさない'] },
    notMarked: ['－', '未評価'],
    legend: (all) => `凡例：${all}`,
    fulfils: { yes: '満たす', partly: '一部', no: '満たさない' },
    notAnswered: '未回答',
    noReason: '理由の記入はありません。',
    noBidders: '応札者はまだいません。',
    noAward: '選定の結果は、まだ記録されていません。',
    award: (label, name, day) => `${label}（${name}）を選定した（${day}）。`,
    awardReason: '選定の理由',
    provenance: {
      official: '公式：公表された文書の文言、またはその公式な訳',
      secondary: '二次：公表された要約による。原文で確かめてください',
      preset: 'プリセット：天秤が用意した既定の案。公式のものではありません',
    },
    provenanceLead: (guideline) =>
      `項目は、${guideline}の調達チェックシートと契約チェックシートによります。要件と条項の文言は、天秤の案をもとに、この調達の担当者が定めたものです。`,
    provenanceLine: (labels, mark, source) => `題名の出所（${labels}）　${mark}。${source}`,
    noPattern: '定まっていません',
    separator: '・',
  },
  en: {
    headings: {
      requirement: 'Requirement',
      evidence: 'Evidence asked for',
      verification: 'Verification',
      provenance: 'Notes on provenance',
      excluded: 'Appendix (internal): items left out',
      clauses: 'Clauses',
      contractClauses: 'Clauses agreed in the contract',
      relatedClauses: 'Clauses for items of the specification',
      checks: 'Checks of the Contract Check Sheet',
      bidders: 'Bidders',
      matrix: 'Evaluation at a glance',
      reasons: 'Reasons for the marks',
      award: 'Award',
    },
    tables: {
      items: ['Number', 'In the specification', 'Item', 'Verified by'],
      verification: ['Way', 'What is checked'],
      excluded: ['Number', 'Item', 'Reason for leaving it out'],
      checks: ['Number', 'What is checked', 'Clause', 'State', 'Agreed on'],
      bidders: ['Label', 'Bidder', 'Handed in', 'Fulfilled', 'Partly', 'Not fulfilled', 'Not answered'],
      reasons: ['Bidder', 'Answer', 'Mark', 'Reason'],
      item: 'Item',
    },
    itemsCaption: 'Items of this annex',
    noEvidence: 'No evidence is asked for.',
    noVerification: 'No way of verification is set.',
    noItems: 'No item is included.',
    noClauses: 'No clause is included.',
    noExcluded: 'No item was left out.',
    excludedNote: 'This appendix is an internal record. Do not attach it to a public notice or a contract.',
    undecided: (items) => `Not decided yet: ${items}`,
    japaneseOnly: '(The Japanese wording is authoritative.)',
    itemNote: (label, chapter) => `Item ${label}${chapter === '' ? '' : `, number ${chapter} in the specification`}`,
    clauseNote: (label, state) => `Item ${label}, ${state.charAt(0).toLowerCase()}${state.slice(1)}`,
    ways: { document: 'Documents', test: 'Test', 'run-time-rule': 'Run-time rule' },
    wayTexts: {
      document: 'The evidence handed in is read and held against the requirement.',
      test: 'Tests are run in build and test, and their results are checked.',
      'run-time-rule': "The settings of the User's Rule enforce it in operation.",
    },
    clauseStates: { open: 'Not begun', negotiating: 'Under negotiation', agreed: 'Agreed' },
    agreedOn: (day) => `agreed on ${day}`,
    marks: { meets: ['○', 'meets'], partly: ['△', 'partly'], fails: ['×', 'fails'] },
    notMarked: ['–', 'not evaluated'],
    legend: (all) => `Legend: ${all}`,
    fulfils: { yes: 'Fulfilled', partly: 'Partly', no: 'Not fulfilled' },
    notAnswered: 'Not answered',
    noReason: 'No reason was entered.',
    noBidders: 'There is no bidder yet.',
    noAward: 'No award has been recorded yet.',
    award: (label, name, day) => `${label} (${name}) was selected on ${day}.`,
    awardReason: 'Reason for the award',
    provenance: {
      official: "Official: the document's own words or their official translation",
      secondary: 'Secondary: from a published summary. Check against the original',
      preset: 'Preset: proposed by Tenbin. Not official',
    },
    provenanceLead: (guideline) =>
      `The items are those of the Procurement Check Sheet and the Contract Check Sheet of ${guideline}. Requirements and clauses were worded by the people in charge of this procurement, from proposals of Tenbin.`,
    provenanceLine: (labels, mark, source) => `Titles (${labels}): ${mark}. ${source}`,
    noPattern: 'Not set',
    separator: ', ',
  },
}

const months = 'January February March April May June July August September October November December'.split(' ')
/** 令和8年（2026年）11月20日 · 20 November 2026; day of the office. */
export const englishDay = (iso: string): string => {
  const [year, month, day] = iso.split('-').map(Number)
  return `${day ?? ''} ${months[(month ?? 1) - 1] ?? ''} ${year ?? ''}`
}
