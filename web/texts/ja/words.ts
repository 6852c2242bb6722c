import type { Absence, Verdict } from '#register/model.ts'

/** One word per state on all screens, in exports and in letters. */
export const words = {
  verdicts: {
    'consult-board': 'ボードへ相談',
    'cannot-decide': '判定できない',
    proceed: '進めてよい',
    'out-of-scope': '対象外',
    'not-reported': '未報告',
  } satisfies Record<Verdict, string>,
  verdictSentences: {
    'consult-board': 'アドバイザリーボードに相談する',
    'cannot-decide': '判定できない',
    proceed: '進めてよい（ボードへの相談は要りません）',
    'out-of-scope': 'ガイドラインの対象外',
    'not-reported': '判定がまだ報告されていない',
  } satisfies Record<Verdict, string>,
  stale: '再判定が必要',
  absences: {
    unanswered: '未回答',
    unknown: '不明',
    'not-applicable': '該当なし',
    withheld: '非公開',
    waived: '免除',
  } satisfies Record<Absence, string>,
  hasValue: '値あり',
  axes: { raised: '該当', half: '一部', clear: '非該当' },
  provenance: { official: '公式', secondary: '二次', preset: 'プリセット' },
  provenanceSentences: {
    official: '公表された文書の文言、またはその公式な訳',
    secondary: '公表された要約による。原文で確かめてください',
    preset: '天秤が用意した既定の案。公式のものではありません',
  },
  roles: {
    caio: 'AI統括責任者',
    planner: '企画者',
    provider: '提供者',
    user: '利用者',
    board: '委員（アドバイザリーボード）',
    desk: '相談窓口',
    auditor: '監査',
    administrator: '管理者',
  },
  importOutcomes: { stored: '登録', rejected: '却下', flagged: '注意' },
}
