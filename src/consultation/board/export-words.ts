import type { Verdict } from '#register/model.ts'

import type { Part } from './model.ts'

/** Words of the printable dossier, in the two languages. */
type Words = {
  readonly title: string
  readonly parts: Readonly<Record<Part, string>>
  readonly absent: Readonly<Record<'unknown' | 'not-applicable', string>>
  readonly number: string
  readonly submitted: string
  readonly digest: string
  readonly digestHelp: string
  readonly version: string
  readonly facts: string
  readonly use: string
  readonly verdict: string
  readonly ruled: string
  readonly edition: string
  readonly axes: string
  readonly unsettled: string
  readonly reasons: string
  readonly judgement: string
  readonly notWeighed: string
  readonly models: string
  readonly suppliers: string
  readonly unknown: string
  readonly evidence: string
  readonly none: string
  readonly since: string
  readonly opinions: string
  readonly questions: string
  readonly answer: string
  readonly declarations: string
  readonly standings: Readonly<Record<'undeclared' | 'deliberating' | 'recused', string>>
  readonly verdicts: Readonly<Record<Verdict, string>>
}

export const exportWords: Readonly<Record<'ja' | 'en', Words>> = {
  ja: {
    title: 'アドバイザリーボードに提出した資料',
    parts: {
      content: '1 内容と目的',
      verdict: '2 判定と理由',
      mitigation: '3 リスクの軽減',
      quality: '4 品質の確保（運用を含む）',
      'supply-chain': '5 サプライチェーンのリスク',
    },
    absent: { unknown: '不明', 'not-applicable': '該当なし' },
    number: '案件番号',
    submitted: '提出した日時（UTC）',
    digest: '資料のSHA-256',
    digestHelp: '同じ書庫の dossier.json のハッシュです。提出したときのまま変わっていないことを確かめられます。',
    version: '版',
    facts: '提出したときの台帳の値',
    use: '利用',
    verdict: '判定',
    ruled: 'ルールの結論',
    edition: '使ったルール',
    axes: '軸',
    unsettled: '決まっていない',
    reasons: '理由',
    judgement: 'AI統括責任者の判断',
    notWeighed: 'まだ判定していません。',
    models: 'モデル',
    suppliers: '事業者',
    unknown: '不明',
    evidence: '添付した証跡',
    none: 'ありません。',
    since: '提出の後に変わった点',
    opinions: '委員の意見',
    questions: '府省への質問',
    answer: '答え',
    declarations: '利害関係の申告',
    standings: { undeclared: '未申告', deliberating: '審議に加わる', recused: '除斥' },
    verdicts: {
      'consult-board': 'ボードへ相談',
      'cannot-decide': '判定できない',
      proceed: '進めてよい',
      'out-of-scope': '対象外',
      'not-reported': '未報告',
    },
  },
  en: {
    title: 'Dossier submitted to the Advisory Board',
    parts: {
      content: '1 Content and purpose',
      verdict: '2 Verdict and reasons',
      mitigation: '3 Risk mitigation',
      quality: '4 Quality assurance, including operation',
      'supply-chain': '5 Supply-chain risk',
    },
    absent: { unknown: 'Unknown', 'not-applicable': 'Not applicable' },
    number: 'Case number',
    submitted: 'Submitted at (UTC)',
    digest: 'SHA-256 of the dossier',
    digestHelp: 'The hash of dossier.json in this archive. It shows that nothing was changed since the submission.',
    version: 'Version',
    facts: 'What the register said at submission',
    use: 'Use',
    verdict: 'Verdict',
    ruled: 'What the rule said',
    edition: 'Rules used',
    axes: 'Axes',
    unsettled: 'Not settled',
    reasons: 'Reasons',
    judgement: 'Decision of the Chief AI Officer',
    notWeighed: 'Not weighed yet.',
    models: 'Models',
    suppliers: 'Suppliers',
    unknown: 'Unknown',
    evidence: 'Attached evidence',
    none: 'None.',
    since: 'What changed after the submission',
    opinions: 'Opinions of members',
    questions: 'Questions to the ministry',
    answer: 'Answer',
    declarations: 'Declarations of interest',
    standings: { undeclared: 'Not declared', deliberating: 'Deliberates', recused: 'Recused' },
    verdicts: {
      'consult-board': 'Consult the Board',
      'cannot-decide': 'Cannot decide',
      proceed: 'Proceed',
      'out-of-scope': 'Out of scope',
      'not-reported': 'Not reported',
    },
  },
}
